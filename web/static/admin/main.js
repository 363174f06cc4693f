/** Shows the part of the administration that the address names: /admin#units. */
import { el, fill, find, findAll, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { live } from "../shared/live.js";

const SECTIONS = ["units", "stations", "phones", "imports", "crews", "layers", "agencies", "kinds", "plans", "areas", "clocks", "contacts", "users", "tokens", "walls", "deliveries", "roads", "profiles"];
const work = find("#work");

/** What the part on the screen asked for: {leave(), refresh: {prefix of an event's kind, fn}}. */
let shown = {};
let turn = 0;

async function show() {
  const wanted = location.hash.slice(1);
  const section = SECTIONS.includes(wanted) ? wanted : SECTIONS[0];
  const mine = ++turn;
  for (const link of findAll("#admin-nav [data-section]")) {
    if (link.dataset.section === section) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "center" });
    } else link.removeAttribute("aria-current");
  }
  shown.leave?.();
  shown = {};
  const box = el("div", { class: "admin-work" });
  try {
    const { show: fillSection } = await import(`./${section}.js`);
    const made = (await fillSection(box)) ?? {};
    if (mine !== turn) {
      made.leave?.();
      return;
    }
    shown = made;
    fill(work, ...box.childNodes);
  } catch (problem) {
    if (mine !== turn) return;
    fill(work, el("div", { class: "notice tone-red", role: "alert" }, icon("warning"), el("p", {}, problem.detail || problem.message)));
    if (problem.name !== "Problem") console.error(problem);
  }
}

addEventListener("hashchange", show);
live.on("", (event) => {
  if (shown.refresh && event.kind.startsWith(shown.refresh.prefix)) shown.refresh.fn();
});
keys({
  "N": { run: () => find("[data-new]")?.click(), label: t("Add one") },
  "/": { run: () => find("[data-filter]")?.focus(), label: t("Filter the list") },
});
await show();
document.body.dataset.ready = "yes";
