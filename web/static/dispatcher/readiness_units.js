/** What is known of the units that could go: who is on each, and what each lacks by name. */
import { el, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { statusName } from "../shared/status.js";

const said = (rows, tone, drawing) => rows.length > 0 && el("ul", { class: `finding-list tone-${tone}` },
  rows.map((row) => el("li", {}, icon(drawing), localName(row, "sentence"))));

export function unitFindings(unit) {
  return [said(unit.missing, "red", "cross"), said(unit.unknown, "amber", "help")];
}

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

function unable(rows) {
  if (!rows.length) return null;
  const why = (row) => row.busy_incident ?? ([statusName("duty", row.duty), row.duty_reason].filter(Boolean).join(": "));
  return el("details", {}, el("summary", {}, t("{n} more units are not free", { n: rows.length })),
    el("ul", {}, rows.map((row) => el("li", {}, el("strong", {}, row.call_sign), " ", el("span", { class: "muted" }, why(row))))));
}

export function knownUnits(known) {
  const { units, wanted, complete } = known;
  const enough = complete >= wanted;
  return [
    units.length
      ? el("p", { class: `notice tone-${enough ? "green" : complete ? "amber" : "red"}` }, icon(enough ? "check" : "warning"),
        t("{complete} of {free} free units are complete; the plan asks for {wanted}.", { complete, free: units.length, wanted }))
      : el("p", { class: "notice tone-red" }, icon("warning"), t("No unit of this agency is free now.")),
    el("ul", { class: "known-list" }, units.map((unit) => el("li", {},
      el("div", { class: "known-head" }, el("strong", {}, unit.call_sign), readyBadge(unit)),
      unitFindings(unit),
      el("small", { class: "muted" }, icon("crew"), " ", crewLine(unit))))),
    unable(known.unable),
  ];
}
