/** What sending would leave behind, worked out while the units are being chosen, and who could stand by where. */
import { api, getReference } from "../shared/api.js";
import { button, debounce, el, fill, icon } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { duration } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { choosable } from "./best_set.js";
import { desk, selected, when } from "./store.js";

const ASK_AFTER_MS = 250;
const percent = (share) => `${number(Math.floor(share * 100))} %`;
const MOVED_EVENT = "moves-ordered";

const { me } = await getReference();
const maySend = me.permissions.includes("assignments.make"); // an administrator only looks

let asked = 0;
let known = { key: "", weighed: null, problem: null, waiting: false };

/** The units that would be sent: those ticked, or the recommended set while none is. */
const wouldSend = () => (desk.ticked.size ? [...desk.ticked] : choosable()).sort((a, b) => a - b);

function villageRow(village) {
  return el("li", { class: village.comes_back ? "" : "tone-red" }, icon(village.comes_back ? "back" : "warning"),
    el("strong", {}, village.name), " ",
    t("{before} → {after}", { before: percent(village.before), after: percent(village.after) }),
    village.comes_back && el("span", { class: "muted" }, " · ", t("{share} after the move", { share: percent(village.restored) })));
}

/** First what happens and what could be done, in one sentence and one press; the numbers fold out. */
function groupView(group, order) {
  return el("div", { class: "left-group" },
    group.fallen.length > 0 && el("p", { class: "left-word tone-amber" }, icon("warning"), el("span", {}, localName(group, "sentence"))),
    group.moves.length > 0 && button(t("Order the move-up"), () => order(group), { icon: "send", id: `move-${group.code}` }),
    el("details", { class: "left-more", open: unfolded, onclick: (event) => event.target.closest("summary") && (unfolded = !event.currentTarget.open) },
      el("summary", {}, localName(group), " ", t("{before} → {after} free units", { before: group.units_before, after: group.units_after })), numbers(group)));
}

/** Kept open while the ranking is drawn anew. */
let unfolded = false;

function numbers(group) {
  return el("div", { class: "left-group" },
    el("p", {}, t("{before} → {after} of all road within the standard", { before: percent(group.whole_before), after: percent(group.whole_after) })),
    group.fallen.length > 0 && el("ul", { class: "left-villages" }, group.fallen.map(villageRow)),
    group.moves.length > 0 && el("div", { class: "left-moves" },
      el("ul", {}, group.moves.map((move) => el("li", {}, icon("arrow-right"), el("strong", {}, move.call_sign), " → ", move.station,
        el("span", { class: "muted" }, ` ${duration(move.driving_time_s)}`)))),
      !group.proven && el("p", { class: "muted" }, t("There may be a cheaper one: the time to look for it was over."))),
    group.fallen.length > 0 && group.moves.length === 0 && el("p", { class: "muted" }, t("No free unit could restore it.")));
}

async function order(group) {
  try {
    await api.post("/moves", {
      moves: group.moves.map(({ unit_id, station_id }) => ({ unit_id, station_id })), incident_id: desk.incident?.id ?? null,
      restores: { group: group.code, villages: group.fallen.filter((one) => one.comes_back).map((one) => one.name), sentence_id: group.sentence_id, sentence_en: group.sentence_en } });
    toast(t("The move-up is ordered."), "good");
    document.dispatchEvent(new Event(MOVED_EVENT));
    known.key = "";
    ask();
  } catch (problem) {
    toastProblem(problem);
  }
}

function view() {
  if (known.waiting) return [el("p", { class: "muted", role: "status" }, icon("clock"), t("Working out what stays covered…"), " ", el("progress", {}))];
  if (known.problem) return [el("p", { class: "notice tone-red", role: "alert" }, icon("warning"), known.problem.detail)];
  if (!known.weighed) return [];
  const open = known.weighed.groups.some((group) => group.fallen.length);
  return [
    !open && el("p", { class: "left-word tone-green" }, icon("check"), t("Every village stays within the standard.")),
    known.weighed.groups.map((group) => groupView(group, order)),
  ];
}

const boxes = () => document.querySelectorAll("[data-left-behind]");
const draw = () => boxes().forEach((box) => fill(box, ...view().flat()));

async function askNow() {
  const referral = selected();
  const ids = maySend && referral && desk.ranking ? wouldSend() : [];
  const key = ids.length ? `${referral.incident_id}:${ids.join(",")}:${desk.ranking.made_at}` : "";
  if (key === known.key) return;
  const mine = ++asked;
  const same = key && known.key.split(":").slice(0, 2).join(":") === key.split(":").slice(0, 2).join(":");
  known = { key, weighed: same ? known.weighed : null, problem: null, waiting: Boolean(key) && !same };
  draw();
  if (!key) return;
  try {
    const weighed = await api.post(`/incidents/${referral.incident_id}/weigh-sending`, { unit_ids: ids });
    if (mine === asked) known = { key, weighed, problem: null, waiting: false };
  } catch (problem) {
    if (mine === asked) known = { key, weighed: null, problem, waiting: false };
  }
  draw();
}
const ask = debounce(askNow, ASK_AFTER_MS);

/** The place in the ranking where it is told. */
export function leftBehindBox() {
  const box = el("section", { class: "left-behind", "aria-label": t("What stays covered"), dataset: { leftBehind: "" } });
  fill(box, ...view().flat());
  return box;
}

when("ranking", ask);
