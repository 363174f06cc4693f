/** Today in the header: calls, answered in time, late answers; loud when a call waits too long. */
import { el, fill, find } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { ageSeconds, onSecond } from "../shared/time.js";
import { waitingCalls } from "./queue.js";
import { answerTarget, state, watch } from "./state.js";

const waited_s = (call) => (Date.parse(call.answered_at) - Date.parse(call.received_at)) / 1000;

function item(value, words, loud = false) {
  return el("span", { class: loud ? "is-loud" : null }, el("b", {}, value), words);
}

function draw() {
  const target = answerTarget();
  const answered = state.today.filter((c) => c.answered_at);
  const late = answered.filter((c) => waited_s(c) > target).length;
  const lateNow = waitingCalls().filter((c) => ageSeconds(c.received_at) > target).length;
  const lead = state.me.role === "lead_operator";
  const inTime = answered.length ? Math.round((100 * (answered.length - late)) / answered.length) : null;
  const parts = [
    lateNow > 0 && item(String(lateNow), t("waiting longer than {s} s", { s: target }), true),
    item(number(state.today.length), t("calls today")),
    inTime !== null && item(`${inTime} %`, t("answered within {s} s", { s: target }), lead && inTime < 90),
    lead && late > 0 && item(number(late), t("answered late")),
  ];
  const text = parts.map((p) => p && p.textContent).join("|");
  const box = find("#counts");
  if (box.dataset.text === text) return;
  box.dataset.text = text;
  fill(box, parts);
}

export function showCounts() {
  watch("today", draw);
  watch("calls", draw);
  onSecond(draw);
}
