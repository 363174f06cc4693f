/** Clocks that run on the server's time: a node says since when, and after how long it is late. */
import { nowMs, onSecond } from "../shared/time.js";

/** "0:07", "12:40", "2:05:09" */
export function spell(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  return hours ? `${hours}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}
export const between = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;
export const since = (iso) => (nowMs() - Date.parse(iso)) / 1000;

/** Call fn now and every second, for as long as the page is there. */
export function everySecond(fn) {
  fn();
  onSecond(fn);
}

/** Every [data-since] in the page counts; with data-limit-s it becomes late, which the styles and words tell. */
everySecond(() => {
  for (const node of document.querySelectorAll("[data-since]")) {
    const s = since(node.dataset.since);
    const text = spell(s);
    if (node.textContent !== text) node.textContent = text;
    if (node.dataset.limitS) node.closest("[data-late]").dataset.late = s > Number(node.dataset.limitS) ? "yes" : "no";
  }
});
