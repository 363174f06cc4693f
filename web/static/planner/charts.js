/** Charts of a period: hours by weekday, kinds, calls, and how it went on. */
import { el } from "../shared/dom.js";
import { locale, number, t } from "../shared/i18n.js";
import { duration } from "../shared/time.js";
import { drawing, scale, shape, tip, words } from "./svg.js";

const MONDAY = Date.UTC(2024, 0, 1);
const weekday = (index, form = "short") => new Intl.DateTimeFormat(locale, { weekday: form, timeZone: "UTC" })
  .format(new Date(MONDAY + index * 86_400_000));

export const nothing = () => el("p", { class: "empty" }, t("Nothing in this period."));

/** Seven rows of 24 squares; the darker, the more. The count stands in each that has one. */
export function hoursChart(hours) {
  const most = Math.max(...hours.flat());
  if (!most) return nothing();
  const [left, top, cell] = [44, 22, 26];
  const [day, hour] = hours.flatMap((row, d) => row.map((n, h) => [d, h, n])).sort((a, b) => b[2] - a[2])[0];
  const marks = hours.flatMap((row, d) => row.map((count, h) => {
    const level = count ? 1 + Math.floor((count / most) * 3.999) : 0;
    const name = t("{day} {from}:00–{to}:00: {count}", { day: weekday(d, "long"), from: h, to: h + 1, count });
    return shape("g", {},
      shape("rect", { x: left + h * cell, y: top + d * cell, width: cell - 2, height: cell - 2, rx: 3, class: `level level-${Math.min(level, 4)}` }, tip(name)),
      count ? words(left + h * cell + cell / 2 - 1, top + d * cell + cell / 2 + 4, count, { class: `in-cell in-level-${Math.min(level, 4)}` }) : null);
  }));
  return drawing(left + 24 * cell, top + 7 * cell, {
    class: "chart chart-hours",
    title: t("Incidents by hour and weekday"),
    description: t("Most on {day} from {hour}:00: {count}.", { day: weekday(day, "long"), hour, count: most }),
  },
  ...Array.from({ length: 8 }, (_, i) => words(left + i * 3 * cell + cell / 2 - 1, 14, `${i * 3}`.padStart(2, "0"), { class: "axis middle" })),
  ...hours.map((_, d) => words(left - 8, top + d * cell + cell / 2 + 4, weekday(d), { class: "axis end" })),
  ...marks);
}

/** Horizontal bars as a list: a name, a bar, a number, and something said of it. */
export function barList(rows) {
  const most = Math.max(0, ...rows.map((row) => row.count));
  if (!most) return nothing();
  return el("ul", { class: "bar-list" }, rows.map((row) => {
    const bar = el("span", { class: "bar-fill" });
    bar.style.width = `${(100 * row.count) / most}%`;
    return el("li", {}, el("span", { class: "bar-name" }, row.name),
      el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
      el("span", { class: "bar-count" }, number(row.count)), el("small", {}, row.said ?? ""));
  }));
}

/** Bars for how many, and a line for the median of the total response, with the target dashed. */
export function trendChart(trend, step, target_s) {
  if (!trend.some((one) => one.count)) return nothing();
  const [left, right, top, high, width] = [34, 44, 16, 150, 668];
  const inner = width - left - right;
  const each = inner / trend.length;
  const counts = scale(Math.max(...trend.map((one) => one.count)));
  const medians = trend.map((one) => one.total_response.median_s);
  const minutes = scale(Math.max(target_s, ...medians.filter((s) => s !== null)) / 60);
  const y = (share) => top + high * (1 - share);
  const x = (i) => left + each * (i + 0.5);
  const label = (iso) => new Intl.DateTimeFormat(locale, step === "month"
    ? { month: "short", year: "2-digit", timeZone: "UTC" } : { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
  const every = Math.max(1, Math.ceil(trend.length / 9));
  const bars = trend.map((one, i) => shape("rect", {
    x: x(i) - Math.min(each * 0.35, 26), width: Math.min(each * 0.7, 52), y: y(one.count / counts.top), height: (high * one.count) / counts.top, class: "bar",
  }, tip(t("{day}: {count} incidents, median {median}", { day: label(one.day), count: one.count, median: duration(one.total_response.median_s) }))));
  const points = medians.map((s, i) => (s === null ? null : [x(i), y(s / 60 / minutes.top)])).filter(Boolean);
  return drawing(width, top + high + 26, {
    class: "chart chart-trend",
    title: t("How it went on"),
    description: t("{count} incidents over {steps} days or months.", { count: trend.reduce((sum, one) => sum + one.count, 0), steps: trend.length }),
  },
  ...counts.ticks.flatMap((n) => [
    shape("line", { x1: left, x2: width - right, y1: y(n / counts.top), y2: y(n / counts.top), class: "grid" }),
    words(left - 6, y(n / counts.top) + 4, n, { class: "axis end" })]),
  ...minutes.ticks.map((n) => words(width - right + 6, y(n / minutes.top) + 4, `${n}′`, { class: "axis line-axis" })),
  ...bars,
  shape("line", { x1: left, x2: width - right, y1: y(target_s / 60 / minutes.top), y2: y(target_s / 60 / minutes.top), class: "target" },
    tip(t("Target: {minutes} min", { minutes: target_s / 60 }))),
  shape("polyline", { points: points.map((point) => point.join(",")).join(" "), class: "line" }),
  ...points.map(([px, py]) => shape("circle", { cx: px, cy: py, r: 3, class: "dot" })),
  ...trend.map((one, i) => (i % every ? null : words(x(i), top + high + 18, label(one.day), { class: "axis middle" }))).filter(Boolean));
}

/** What the trend's marks mean; colour, shape and words. */
export function trendKey(target_s) {
  const entry = (mark, words) => el("span", { class: "chart-key-entry" }, el("span", { class: `key key-${mark}` }), words);
  return el("p", { class: "chart-key" }, entry("bar", t("Incidents")), entry("line", t("Total response, median (minutes, right)")),
    entry("target", t("Target {minutes} min", { minutes: target_s / 60 })));
}
