/** The time each agency is allowed for a step, by priority, and the chain that a late one goes up. */
import { api } from "../shared/api.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { clearProblems, showProblem } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { priorityBadge } from "../shared/status.js";
import { toast } from "../shared/toast.js";
import { head } from "./lists.js";

const STEPS = [["acknowledge", t("Acknowledge")], ["check", t("Check readiness")], ["decide", t("Accept or hand back")]];
const SECONDS = t("seconds");
const PRIORITIES = [1, 2, 3, 4];
const WHOM = [["contact", t("Somebody to telephone")], ["dispatcher", t("Dispatchers of the agency")], ["operator", t("Operators")],
  ["lead_operator", t("Lead operators")], ["user", t("One person with an account")]];

const select = (label, rows, value) => {
  const node = el("select", { class: "input", "aria-label": label }, rows.map(([code, words]) => el("option", { value: code }, words)));
  node.value = value ?? "";
  return node;
};

export async function show(box) {
  const [{ items: agencies }, { items: users }, { items: contacts }, common] = await Promise.all([
    api.get("/agencies"), api.get("/users"), api.get("/contacts"), api.get("/referral-clock")]);
  const active = agencies.filter((row) => row.active);
  const people = users.filter((row) => row.active).map((row) => [String(row.id), row.display_name]);
  const body = el("div", { class: "admin-stack" });
  const whose = select(t("Agency"), [["", t("Every agency without its own")], ...active.map((row) => [row.code, row.short_name])], "");
  whose.addEventListener("change", draw);
  let forAll = common;
  const path = () => (whose.value ? `/agencies/${whose.value}/referral-clock` : "/referral-clock");

  function grid(agreed) {
    const given = new Map(agreed.allowed.map((one) => [`${one.priority} ${one.step}`, one.allowed_s]));
    const rule = new Map(forAll.allowed.map((one) => [`${one.priority} ${one.step}`, one.allowed_s]));
    const inputs = [];
    const cell = (priority, step, words) => {
      const key = `${priority} ${step}`;
      const node = el("input", { class: "input", type: "number", min: 10, max: 86400, value: given.get(key) ?? "", placeholder: whose.value ? rule.get(key) : "",
        "aria-label": t("{step}, priority {n}, seconds", { step: words, n: priority }) });
      inputs.push({ node, priority, step });
      return el("td", { "data-label": words }, node);
    };
    const node = el("table", { class: "table clock-grid" }, el("thead", {}, el("tr", {}, el("th", {}, t("Priority")), STEPS.map(([, words]) => el("th", { scope: "col" }, `${words} (${SECONDS})`)))),
      el("tbody", {}, PRIORITIES.map((n) => el("tr", {}, el("td", {}, priorityBadge(n)), STEPS.map(([step, words]) => cell(n, step, words))))));
    const filled = () => inputs.filter((one) => one.node.value !== "");
    return { node, read: () => filled().map((one) => ({ priority: one.priority, step: one.step, allowed_s: Number(one.node.value) })),
      name: () => { inputs.forEach((one) => one.node.removeAttribute("name")); filled().forEach((one, at) => { one.node.name = `allowed.${at}.allowed_s`; }); } };
  }

  function levelRow(level = {}) {
    const to = select(t("Who is told"), WHOM, level.kind === "role" ? level.role : level.kind ?? "contact");
    const after = el("input", { class: "input", type: "number", min: 1, max: 86400, value: level.after_s ?? "", "aria-label": t("Seconds after the step was due") });
    const title = el("input", { class: "input", value: level.title ?? "", "aria-label": t("Office or name"), placeholder: t("Office or name") });
    const phone = el("input", { class: "input", type: "tel", value: level.phone ?? "", "aria-label": t("Telephone"), placeholder: t("Telephone") });
    const contact = select(t("Told by the gateway"), [["", t("by telephone only")], ...contacts.filter((one) => one.agency_code === whose.value).map((one) => [String(one.id), `${one.name} · ${one.way}`])], level.contact_id ? String(level.contact_id) : "");
    const person = select(t("Person"), [["", t("Choose a person")], ...people], level.user_id ? String(level.user_id) : "");
    const node = el("li", { class: "level-row" }, after, el("span", { class: "muted" }, t("seconds late")), to, person, title, phone, contact,
      button("", () => node.remove(), { icon: "trash", tone: "quiet", class: "button-icon", title: t("Remove this row"), "aria-label": t("Remove this row") }));
    const fit = () => {
      person.hidden = to.value !== "user";
      title.hidden = phone.hidden = to.value !== "contact";
      contact.hidden = to.value !== "contact" || contact.options.length < 2;
    };
    to.addEventListener("change", fit);
    fit();
    node.read = (at) => {
      Object.entries({ after_s: after, title, phone, contact_id: contact, user_id: person }).forEach(([name, input]) => { input.name = `levels.${at}.${name}`; });
      const called = to.value === "contact";
      return { after_s: Number(after.value || 0), kind: called ? "contact" : to.value === "user" ? "user" : "role",
        role: called || to.value === "user" ? null : to.value, user_id: to.value === "user" && person.value ? Number(person.value) : null,
        title: called ? title.value : null, phone: called ? phone.value || null : null, contact_id: called && contact.value ? Number(contact.value) : null };
    };
    return node;
  }

  async function draw() {
    const agreed = whose.value ? await api.get(path()) : forAll;
    const times = grid(agreed);
    const levels = el("ol", { class: "level-list" }, agreed.levels.map(levelRow));
    const own = whose.value !== "";
    const form = el("form", { class: "admin-stack", novalidate: true },
      el("section", { class: "panel clock-part" }, el("h3", {}, icon("clock"), t("Time allowed for each step")),
        own && el("p", { class: "muted" }, t("An empty field follows the time of every agency, shown in grey.")), times.node),
      el("section", { class: "panel clock-part" }, el("h3", {}, icon("arrow-up"), t("Who is told when it is late")),
        el("p", { class: "muted" }, t("At once the dispatcher's and the lead operator's screens turn loud. Then, until somebody acts, in this order:")),
        own && !agreed.levels.length && el("p", { class: "notice" }, icon("info"), t("This agency has no chain of its own: it follows that of every agency ({n} levels).", { n: forAll.levels.length })),
        levels, el("div", {}, button(t("Add a level"), () => levels.append(levelRow()), { icon: "plus" })),
        el("p", { class: "muted" }, agreed.phone ? t("A contact without a number is reached by the agency's own: {phone}.", { phone: agreed.phone })
          : t("A contact without a number is reached by the agency's own number, if it has one."))),
      el("div", { class: "actions" }, button(t("Save"), null, { type: "submit", tone: "primary", icon: "check" })));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearProblems(form);
      times.name();
      try {
        const saved = await api.put(path(), { allowed: times.read(), levels: [...levels.children].map((row, at) => row.read(at)) });
        if (!own) forAll = saved;
        toast(t("Saved. It counts at once, also for referrals that are waiting now."), "good");
        await draw();
      } catch (problem) {
        showProblem(form, problem);
      }
    });
    fill(body, form);
  }

  await draw();
  fill(box, head({ title: t("Referral clocks"), note: t("How long an agency may take to acknowledge, check its readiness and decide, and who is told when it takes longer."), extra: [whose] }), body);
}
