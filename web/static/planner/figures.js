/** The figures of a period: cards at a glance, tables of intervals, kinds and districts. */
import { el, icon } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { duration } from "../shared/time.js";
import { nothing } from "./charts.js";

export const percent = (share) => (share === null || share === undefined ? "–" : `${number(share * 100, 1)} %`);

function card(label, value, said, tone) {
  return el("div", { class: `plan-card${tone ? ` tone-${tone}` : ""}` },
    el("span", { class: "plan-card-label" }, label), el("strong", {}, value), el("small", {}, said));
}

/** Green within the target, amber up to twice as long, red beyond. */
function tone(seconds, target_s) {
  if (seconds === null) return null;
  return seconds <= target_s ? "green" : seconds <= 2 * target_s ? "amber" : "red";
}

export function cards(data) {
  const total = data.intervals.find((one) => one.code === "total_response");
  const answer = data.intervals.find((one) => one.code === "answer");
  const target = t("target {minutes} min", { minutes: data.target_s / 60 });
  const late = data.within_target === null ? null : data.within_target >= 0.9 ? "green" : data.within_target >= 0.75 ? "amber" : "red";
  return [
    card(t("Calls"), number(data.calls.total), t("{count} were emergencies", { count: number(data.calls.by_disposition.incident ?? 0) })),
    card(t("Incidents handled"), number(data.incidents.handled), data.incidents.total === data.incidents.handled ? t("none cancelled or duplicate")
      : t("{count} more cancelled, duplicate or transferred", { count: data.incidents.total - data.incidents.handled })),
    card(t("Total response, median"), duration(total.median_s), target, tone(total.median_s, data.target_s)),
    card(t("Total response, 90th percentile"), duration(total.p90_s), t("nine of ten took no longer"), tone(total.p90_s, data.target_s)),
    card(t("Within {minutes} minutes", { minutes: data.target_s / 60 }), percent(data.within_target),
      t("{count} measured, {missing} not", { count: number(total.count), missing: number(total.missing + total.backwards) }), late),
    card(t("Call answered, median"), duration(answer.median_s), t("P90 {time}", { time: duration(answer.p90_s) })),
  ];
}

const numbers = (cells) => cells.map((cell) => el("td", { class: "number" }, cell));

export function intervalTable(data) {
  return el("table", { class: "table" },
    el("thead", {}, el("tr", {}, el("th", {}, t("Interval")), el("th", {}, t("From which stamp to which")),
      [t("Median"), t("P90"), t("Measured"), t("No stamp"), t("Backwards")].map((name) => el("th", { class: "number" }, name)))),
    el("tbody", {}, data.intervals.map((one) => el("tr", { class: one.code === "total_response" ? "is-main" : null },
      el("th", { scope: "row" }, one.name), el("td", { class: "muted" }, one.definition),
      numbers([duration(one.median_s), duration(one.p90_s), number(one.count), number(one.missing), number(one.backwards)])))));
}

/** Kinds down, districts across, with each kind's median, P90 and share in time. */
export function districtTable(data) {
  if (!data.incidents.handled) return nothing();
  const districts = data.by_district.map((one) => one.district);
  const count = (kind, district) => data.kind_by_district.find((one) => one.kind === kind && one.district === district)?.count ?? 0;
  const measures = (one) => numbers([duration(one.total_response.median_s), duration(one.total_response.p90_s), percent(one.within_target)]);
  const heads = [...districts.map((name) => name ?? t("District not known")), t("All"), t("Median"), t("P90"), t("In time")];
  return el("table", { class: "table" },
    el("thead", {}, el("tr", {}, el("th", {}, t("Kind")), heads.map((name) => el("th", { class: "number" }, name)))),
    el("tbody", {}, data.by_kind.map((kind) => el("tr", {},
      el("th", { scope: "row" }, icon(kind.icon), " ", localName(kind)),
      numbers(districts.map((district) => count(kind.code, district) || "·")), numbers([number(kind.count)]), measures(kind)))),
    el("tfoot", {}, ["count", "median", "p90", "share"].map((what) => el("tr", {}, el("th", { scope: "row" }, {
      count: t("All kinds"), median: t("Median"), p90: t("P90"), share: t("In time") }[what]),
    numbers(data.by_district.map((one) => ({ count: number(one.count), median: duration(one.total_response.median_s),
      p90: duration(one.total_response.p90_s), share: percent(one.within_target) })[what])),
    numbers([what === "count" ? number(data.incidents.handled) : "", "", "", ""])))));
}
