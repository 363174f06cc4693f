/** How each kind of vehicle drives: what it may use, through how deep water, and what is wrong with a file. */
import { api } from "../shared/api.js";
import { el, fill, icon } from "../shared/dom.js";
import { localName, number, t } from "../shared/i18n.js";
import { head, name, table } from "./lists.js";

const SOURCES = {
  shipped: [t("As delivered"), "grey", "check"],
  own: [t("Own file"), "blue", "edit"],
  last_good: [t("File is wrong: the last good one is used"), "red", "warning"],
};

function source(row) {
  const [words, tone, drawing] = SOURCES[row.source];
  return el("span", { class: `badge tone-${tone}` }, icon(drawing), words);
}

/** What it may do that others may not, as words; a dash when it does as everybody does. */
function freedoms(row) {
  const words = [row.alleys && t("narrow alleys"), row.paths && t("paths"), row.one_ways_against && t("one-ways against their direction"),
    row.turn_signs ? null : t("any turn")].filter(Boolean);
  return words.join(", ") || "–";
}

/** A profile that a type of unit or a closure names, but no file describes. */
function lost({ profile, unit_types: types, closures }, typeName) {
  const where = [...types.map(typeName), ...closures.map((id) => t("closure {id}", { id }))].join(", ");
  return t("No file describes “{profile}”, which is named by: {where}.", { profile, where });
}

function problems(report, typeName) {
  const lines = [...report.problems, ...report.lost.map((row) => lost(row, typeName))];
  if (!lines.length) return el("div", { class: "notice tone-green", role: "status" }, icon("check"), el("p", {}, t("Every file is right.")));
  return el("div", { class: "notice tone-red", role: "alert" }, icon("warning"),
    el("div", {}, el("p", {}, el("strong", {}, t("Not right in the files of vehicle profiles:"))),
      el("ul", { class: "problem-list" }, lines.map((words) => el("li", {}, words)))));
}

export async function show(box) {
  const [report, { unit_types: types }] = await Promise.all([api.get("/profiles"), api.get("/reference")]);
  const typeName = (code) => localName(types.find((type) => type.code === code)) || code;
  fill(box,
    head({ title: t("Vehicle profiles"),
      note: t("A profile says which roads a vehicle uses and how fast. Travel times and rankings follow a changed file at once.") }),
    problems(report, typeName),
    table({ rows: report.items, columns: [
      [t("Vehicle"), (row) => name("truck", localName(row), row.name)],
      [t("Types of unit"), (row) => row.unit_types.map(typeName).join(", ") || "–"],
      [t("Width"), (row) => `${number(row.width_m, 2)}\u00a0m`],
      [t("Height"), (row) => `${number(row.height_m, 2)}\u00a0m`],
      [t("Weight"), (row) => `${number(row.weight_t, 1)}\u00a0t`],
      [t("Top speed"), (row) => `${number(row.top_speed_kph)}\u00a0km/h`],
      [t("Water up to"), (row) => `${number(row.fording_depth_cm)}\u00a0cm`],
      [t("May use"), freedoms],
      [t("File"), source],
    ] }),
    el("div", { class: "panel" }, el("div", { class: "panel-head" }, el("h2", {}, t("Change a profile"))),
      el("div", { class: "panel-body" },
        el("p", {}, t("On the server: copy it into the folder of profiles, change the copy, check it. A file that is wrong changes nothing.")),
        ["copy engine", "check"].map((words) => el("div", { class: "secret-line" }, el("code", {}, `script/cli profiles ${words}`))))));
}
