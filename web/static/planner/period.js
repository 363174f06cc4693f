/** Which days are looked at: buttons with keys, or two dates; always the city's own days. */
import { button, el, fill } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { cityDay } from "../shared/time.js";

const DAY_MS = 86_400_000;

/** "2026-11-23" some days later. Days are counted at noon UTC, so that no clock change moves one. */
export function addDays(day, days) {
  return new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

const firstOfMonth = (day) => `${day.slice(0, 7)}-01`;

/** name → [first day, day after the last]. */
export const PERIODS = {
  today: (today) => [today, addDays(today, 1)],
  week: (today) => [addDays(today, -6), addDays(today, 1)],
  month: (today) => [firstOfMonth(today), addDays(today, 1)],
  last_month: (today) => [firstOfMonth(addDays(firstOfMonth(today), -1)), firstOfMonth(today)],
};

const NAMES = {
  today: [t("Today"), "1"],
  week: [t("7 days"), "2"],
  month: [t("This month"), "3"],
  last_month: [t("Last month"), "4"],
  custom: [t("Other days"), "5"],
};

/** periodPicker(node, {name, first, last}, onChange({name, first, after})) */
export function periodPicker(node, chosen, onChange) {
  const state = { ...chosen };
  const first = el("input", { type: "date", id: "first-day", value: state.first ?? "" });
  const last = el("input", { type: "date", id: "last-day", value: state.last ?? "" });
  const error = el("p", { class: "field-error", role: "alert", hidden: true }, t("The last day lies before the first."));
  const dates = el("div", { class: "plan-dates", hidden: true },
    el("div", { class: "field" }, el("label", { for: "first-day" }, t("From")), first),
    el("div", { class: "field" }, el("label", { for: "last-day" }, t("Until")), last), error);
  const buttons = Object.entries(NAMES).map(([name, [label, key]]) => {
    keys({ [key]: { run: () => choose(name), label } });
    return button(label, () => choose(name), { key, dataset: { period: name } });
  });
  fill(node, el("div", { class: "segments", role: "group", "aria-label": t("Period") }, buttons), dates);
  for (const input of [first, last]) input.addEventListener("change", () => choose("custom"));

  function choose(name) {
    state.name = name;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.period === name));
    dates.hidden = name !== "custom";
    if (name !== "custom") {
      const [from, after] = PERIODS[name](cityDay());
      [first.value, last.value] = [from, addDays(after, -1)];
      onChange({ name, first: from, after });
      return;
    }
    if (!first.value || !last.value) {
      [first.value, last.value] = [addDays(cityDay(), -29), cityDay()];
      first.focus();
    }
    error.hidden = first.value <= last.value;
    if (error.hidden) onChange({ name, first: first.value, after: addDays(last.value, 1) });
  }
  choose(state.name in NAMES ? state.name : "month");
}
