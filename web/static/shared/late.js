/** What is late: read again when the record says so, counted each second, loud until somebody acts. */
import { api } from "./api.js";
import { button, debounce, el, fill, find, icon } from "./dom.js";
import { localName, t } from "./i18n.js";
import { live } from "./live.js";
import { allowed, alarm } from "./sound.js";
import { priorityBadge, roleName } from "./status.js";
import { ageSeconds, clock, duration, nowMs, onSecond } from "./time.js";
import { markTitle } from "./title.js";
import { toastProblem } from "./toast.js";

const ALARM_EVERY_S = 5;
const READ_AGAIN_S = 20;
const TAKEN_FOR_S = 300;

const OWED = { acknowledge: t("not acknowledged"), check: t("readiness not checked"), decide: t("neither accepted nor handed back") };
const NOBODY = t("nobody has an account");
const SCREENS = t("the screens");
export const owed = (step) => OWED[step] ?? step;

const levelName = (level) => level.title ?? roleName(level.role) ?? level.names?.join(", ") ?? "";

/** Somebody said that they are at it, a few minutes ago. */
export const inHand = (row) => row.taken_at !== null && ageSeconds(row.taken_at) < TAKEN_FOR_S;

const overdue_s = (due) => (nowMs() - Date.parse(due)) / 1000;

/** How long a step has left, or is late by: a pill that counts by itself. */
export function dueBadge(owes) {
  if (!owes) return null;
  const node = el("span", { class: "badge due", dataset: { due: owes.due_at, allowed: owes.allowed_s } });
  count(node);
  return node;
}
function count(node) {
  const late_s = overdue_s(node.dataset.due);
  const late = late_s > 0;
  const soon = !late && -late_s < Number(node.dataset.allowed) / 3;
  const words = late ? t("late by {time}", { time: duration(late_s) }) : t("{time} left", { time: duration(-late_s) });
  if (node.dataset.words === words) return;
  node.dataset.words = words;
  node.className = `badge due ${late ? "badge-solid tone-red" : soon ? "tone-amber" : "tone-grey"}`;
  fill(node, icon(late ? "warning" : "clock"), words);
}
onSecond(() => document.querySelectorAll("[data-due]").forEach(count));

/** When it became late, as a number that counts. */
const lateBy = (row) => el("strong", { class: "late-by", dataset: { ago: row.due_at } }, duration(ageSeconds(row.due_at)));

/** Whom it was told, in order, each with when and a number to call; then who is next. */
export function toldList(row) {
  return el("ol", { class: "late-told" }, row.told.map((one) => el("li", {}, icon("check"), el("time", {}, clock(one.raised_at)),
    el("span", {}, one.level === 0 ? t("Dispatcher and lead operator, on their screens") : levelName(one),
      one.names.length > 0 && one.kind !== "user" && ` (${one.names.join(", ")})`, one.kind !== "contact" && one.names.length === 0 && [" · ", NOBODY]),
    one.phone ? callLink(one.phone) : one.kind === "contact" && el("span", { class: "late-none" }, t("no number entered")))),
  row.next && el("li", { class: "muted" }, icon("clock"), el("time", {}, clock(row.next.at)), t("next: {who}", { who: levelName(row.next) })),
  !row.next && el("li", { class: "late-none" }, icon("warning"), t("The chain is at its end: nobody else is told.")));
}
export const callLink = (number) => el("a", { class: "button button-call", href: `tel:${number.replace(/[^\d+]/g, "")}` }, icon("phone"), el("span", {}, number));

/** What and where, in one line. */
export const lateWhat = (row) => [priorityBadge(row.priority), icon(row.icon || "other"), el("strong", {}, localName(row, "kind_name")), " · ",
  row.agency_name, ": ", owed(row.step)];

/**
 * followLate({agency, loud, onOpen, onChange}) → {rows(), refresh(), setAgency(code)}. The band over the page tells the worst one;
 * with `loud` there is an alarm until each has been acted on or taken in hand.
 */
export function followLate({ agency = () => null, loud = true, onOpen, openWords = t("Open it"), onChange = () => {} }) {
  let rows = [];
  const band = el("div", { class: "band band-late", role: "alert", hidden: true });
  find("#main").before(band);

  function draw() {
    const worst = rows[0];
    band.hidden = !worst;
    if (!worst) return;
    fill(band, icon("warning", { large: true }), el("span", { class: "late-word" }, t("LATE"), rows.length > 1 && ` ${rows.length}×`),
      lateBy(worst), el("span", { class: "late-what" }, lateWhat(worst), el("span", { class: "late-place" }, [worst.place, worst.number].filter(Boolean).join(" · "))),
      el("span", { class: "late-who" }, inHand(worst) ? t("in hand: {name}", { name: worst.taken_by ?? "–" })
        : t("told: {who}", { who: worst.told.map((one) => (one.level === 0 ? one.names.join(", ") || SCREENS : levelName(one))).join(" → ") || "–" })),
      button(openWords, () => onOpen(worst), { key: "Shift+F8" }));
  }
  const read = async () => {
    try {
      rows = (await api.get("/referrals/late", agency() ? { agency: agency() } : {})).items;
    } catch (problem) {
      toastProblem(problem);
      return;
    }
    draw();
    onChange(rows);
  };
  const refresh = debounce(read, 100);
  live.on("referral.", refresh);
  live.on("incident.", refresh);
  live.onResume(refresh);

  let second = 0;
  onSecond(() => {
    second += 1;
    // What is due now is late before anybody tells us: the page's own list of deadlines says when.
    if (second % READ_AGAIN_S === 0 && !document.hidden) refresh();
    const waiting = rows.filter((row) => !inHand(row));
    markTitle("late", waiting.length ? (second % 2 ? t("LATE") : "⚠") : "");
    if (loud && waiting.length && second % ALARM_EVERY_S === 0 && allowed()) alarm();
  });
  live.on("referral.late", () => { if (loud && allowed()) alarm(); });
  read();
  return { rows: () => rows, refresh };
}
