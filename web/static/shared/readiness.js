/** What a unit lacks, in words: the same on every console that shows it. */
import { el, icon } from "./dom.js";
import { localName, t } from "./i18n.js";

const said = (rows, tone, drawing) => rows.length > 0 && el("ul", { class: `finding-list tone-${tone}` },
  rows.map((row) => el("li", {}, icon(drawing), localName(row, "sentence"))));

/** Missing things in red, then what nobody knows in amber. */
export const unitFindings = (unit) => [said(unit.missing, "red", "cross"), said(unit.unknown, "amber", "help")];

/** "complete" or how many things are missing: colour, drawing and words. */
export function readyBadge(unit) {
  return unit.ready
    ? el("span", { class: "badge tone-green" }, icon("check"), t("complete"))
    : el("span", { class: "badge tone-red" }, icon("warning"), t("{n} missing", { n: unit.missing.length }));
}

export const crewLine = (unit) => [
  unit.crew.map((one) => `${one.name} (${one.duty_role})`).join(", ") || t("nobody"),
  unit.crew_source === "usual" && unit.crew.length ? t("usual crew: no shift planned") : null,
].filter(Boolean).join(" · ");
