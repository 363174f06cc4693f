/** When a unit on its way will be there: "arrives 14:32 (4 min)", followed as the roads reckon it again. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { ageSeconds, ago, clock, nowMs, onSecond } from "./time.js";

const OLD_AFTER_S = 30;
const latest = new Map();

/** What is known of a unit: the ETA of a list, or what was heard since. */
function known(unitId, given) {
  const heard = latest.get(unitId);
  if (!heard || !given) return heard?.eta ?? given;
  return Date.parse(given.made_at) > (heard.eta ? Date.parse(heard.eta.made_at) : heard.at_ms) ? given : heard.eta;
}

/** Hear what the stream of positions says; an arrival takes the ETA away. */
export function hearEtas(positions) {
  for (const position of positions) {
    if (position.eta !== undefined) latest.set(position.unit_id, { eta: position.eta, at_ms: nowMs() });
  }
}

const left = (eta) => Math.round((Date.parse(eta.arrives_at) - nowMs()) / 60000);

/** The words for an ETA, and whether it is too old to be believed. */
export function etaWords(eta) {
  const minutes = left(eta);
  const words = minutes >= 1
    ? t("arrives {time} ({minutes} min)", { time: clock(eta.arrives_at), minutes })
    : t("arrives {time} (any moment)", { time: clock(eta.arrives_at) });
  const old = ageSeconds(eta.made_at) > OLD_AFTER_S;
  return { words, old, said: old ? t("reckoned {age} ago", { age: ago(eta.made_at) }) : "" };
}

function draw(node) {
  const eta = known(Number(node.dataset.etaUnit), node.given);
  node.hidden = !eta;
  if (!eta) return;
  const { words, old, said } = etaWords(eta);
  node.classList.toggle("is-old", old);
  const [face, age] = node.querySelectorAll("span");
  if (face.textContent !== words) face.textContent = words;
  if (age.textContent !== said) age.textContent = said;
}

/** A line that keeps itself true for as long as it is on the page; hidden while there is no ETA. */
export function etaLine(unitId, eta) {
  const node = el("span", { class: "eta", hidden: true, dataset: { etaUnit: unitId } }, icon("navigation"), el("span", {}), el("span", { class: "eta-age" }));
  node.given = eta ?? null;
  draw(node);
  return node;
}

onSecond(() => document.querySelectorAll("[data-eta-unit]").forEach(draw));
