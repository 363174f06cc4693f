/**
 * Why a unit stands where it stands: its place now, its place were there no closures, what each closure
 * costs it, and which unit that looks nearer is later. Worked out by the server from the kept ranking.
 */
import { api } from "./api.js";
import { el, fill, find, icon } from "./dom.js";
import { distance, localName, t } from "./i18n.js";
import { iconName } from "./status.js";
import { duration } from "./time.js";

const reach = (rank, total_time_s) => (rank === null ? t("cannot go") : [t("rank {rank}", { rank }), duration(total_time_s)].join(", "));

/** "−6 min": how much sooner without the closure; nothing where it cannot be said. */
function saved(row) {
  if (row.saved_s === null) return null;
  if (row.saved_s < 0.5) return el("span", { class: "why-saved" }, t("just as soon"));
  return el("span", { class: "why-saved tone-green" }, icon("arrow-up"), "−", duration(row.saved_s));
}

/** "Without “flood” (Jl. Alianyang)": the closure as people know it; the sentence behind it is the server's. */
function withoutRow(row) {
  const named = row.street ? t("without “{reason}”, {street}", { reason: row.reason, street: row.street }) : t("without “{reason}”", { reason: row.reason });
  return el("tr", { dataset: { closure: row.closure_id }, title: localName(row, "sentence") },
    el("th", { scope: "row" }, icon("closed-road"), " ", named), el("td", {}, reach(row.rank, row.total_time_s)), el("td", {}, saved(row)));
}

function table(why) {
  const line = (words, standing, sooner, name = null) => el("tr", { class: name }, el("th", { scope: "row" }, words),
    el("td", {}, reach(standing.rank, standing.total_time_s)), el("td", {}, sooner));
  // One closure alone says the same as all of them.
  const told = why.without.length === 1 && why.without[0].total_time_s === why.free?.total_time_s && why.without[0].rank === why.free.rank;
  const free = why.without.length > 0 && why.free && !told && line(t("without any closure"), why.free, saved({ saved_s: whatClosuresCost(why) }), "why-free");
  return el("table", { class: "table why-table" },
    el("caption", { class: "visually-hidden" }, t("Its place now and without each closure")),
    el("thead", { class: "visually-hidden" }, el("tr", {}, [t("When"), t("Place and time"), t("Sooner by")].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, line(t("Now"), why, null, "is-main"), why.without.map(withoutRow), free));
}

function whatClosuresCost(why) {
  return why.total_time_s === null ? null : why.total_time_s - why.free.total_time_s;
}

function nearer(why) {
  if (!why.against_nearer.length) return null;
  return el("section", { class: "why-nearer" }, el("h4", {}, t("Nearer in a straight line, but later")),
    el("ul", {}, why.against_nearer.map((row) => el("li", { dataset: { nearer: row.unit_id } }, icon("clock"), el("span", {}, localName(row, "sentence"))))));
}

function body(why) {
  return [
    el("p", { class: "why-reason" }, localName(why, "reason")),
    (why.rank !== null || why.without.length > 0) && table(why),
    localName(why, "note") && el("p", { class: "muted" }, localName(why, "note")),
    why.without.length === 0 && why.free && el("p", { class: "muted" }, icon("road"), " ", t("No closure changes anything for this unit.")),
    nearer(why),
    why.streets?.length > 0 && el("p", { class: "muted" }, icon("navigation"), " ",
      [why.length_m ? distance(why.length_m) : null, why.streets.join(" → ")].filter(Boolean).join(" · ")),
    !why.route && el("p", { class: "muted" }, icon("closed-road"), " ", t("There is no way to draw for this unit.")),
  ];
}

/**
 * whyPanel(box, {onRoute(why | null)}) → {open(recommendationId, unit), follow(recommendationId), close(), unitId}.
 * `box` is a part of the page that stays beside the list and the map: both can be read with it.
 */
export function whyPanel(box, { onRoute }) {
  let unit = null;
  let shownFor = null;
  let before = null;
  let asked = 0;
  const title = el("h3", { id: "why-title" });
  const inside = el("div", { class: "why-body", "aria-live": "polite" });
  const shut = el("button", { type: "button", class: "button button-quiet why-close", onclick: () => close() }, el("span", {}, t("Close")), el("kbd", {}, "Esc"));
  fill(box, el("header", { class: "why-head" }, title, shut), inside);
  box.hidden = true;

  async function load(recommendationId, first = false) {
    const mine = ++asked;
    shownFor = recommendationId;
    box.setAttribute("aria-busy", "true");
    try {
      const why = await api.get(`/recommendations/${recommendationId}/units/${unit.id}`);
      if (mine !== asked) return;
      fill(inside, body(why));
      onRoute(why, { first });
    } catch (problem) {
      if (mine !== asked) return;
      fill(inside, el("p", { class: "notice tone-red", role: "alert" }, icon("warning"), problem.detail || problem.message));
      if (problem.name !== "Problem") console.error(problem);
    } finally {
      if (mine === asked) box.setAttribute("aria-busy", "false");
    }
  }

  /** Answers false when there was nothing to close, so that a key may mean something else. */
  function close() {
    if (!unit) return false;
    asked += 1;
    const back = box.contains(document.activeElement) ? find(`#why-${unit.id}`) ?? before : null;
    unit = null;
    box.hidden = true;
    fill(inside);
    onRoute(null);
    back?.focus();
    return true;
  }

  return {
    get unitId() { return unit?.id ?? null; },
    open(recommendationId, about) {
      if (box.hidden) before = document.activeElement;
      unit = about;
      box.hidden = false;
      fill(title, icon(iconName(about.icon, "truck")), " ", t("Why {unit}?", { unit: about.call_sign }));
      fill(inside, el("p", { class: "muted", role: "status" }, t("Working out what it would be without each closure…")));
      load(recommendationId, true);
      shut.focus();
    },
    /** A newer ranking is on screen: the answer is about that one. */
    follow(recommendationId) {
      if (unit && recommendationId !== shownFor) load(recommendationId);
    },
    close,
  };
}
