/** What a unit looks like: shape and drawing by type, ring and glyph by status, age as fading and in words. */
import { etaWords } from "../shared/eta.js";
import { t } from "../shared/i18n.js";
import { iconName, unitState } from "../shared/status.js";
import { ageSeconds, ago } from "../shared/time.js";
import { caseOf } from "./layer_style.js";

const IDLE = new Set(["available", "off_duty", "out_of_service", "busy"]);
const SHAPES = { ambulance: "round", "ambulance-als": "round", patrol: "shield", "police-truck": "shield", motorcycle: "circle", boat: "circle" };
const FADES_FROM_S = 15;
const OLD_AFTER_S = 60;
const SAID_AFTER_S = 10;
const FADED = 0.45;
const MOVING_KPH = 2;

/** Everything about a unit that is drawn but its place and its age; `key` is the same for the same picture. With the
 *  cases of a layer's file, the colours are the file's, so that the legend says what is seen. */
export function lookOf(item, styles = null) {
  const state = unitState(item);
  const idle = IDLE.has(state.code);
  const drawing = iconName(item.icon, "truck");
  const shape = SHAPES[drawing] ?? "square";
  const colour = styles ? caseOf({ styles }, item).colour : null;
  const moving = (item.speed_kph ?? 0) > MOVING_KPH;
  const heading = !idle && moving && Number.isFinite(item.heading_deg) ? item.heading_deg : null;
  return { key: `${drawing}|${shape}|${state.tone}|${state.icon}|${idle}|${colour ?? ""}`, drawing, shape, colour, idle, heading,
    tone: state.tone, glyph: state.icon, word: state.word, parked: idle || !moving };
}

/** How opaque, and whether too old to be believed. A unit shown at its post has no age. */
export function fadeOf(item) {
  if (!item.recorded_at) return { alpha: 1, old: false };
  const age_s = ageSeconds(item.recorded_at);
  const part = Math.min(1, Math.max(0, (age_s - FADES_FROM_S) / (OLD_AFTER_S - FADES_FROM_S)));
  return { alpha: 1 - (1 - FADED) * part, old: age_s > OLD_AFTER_S };
}

/** What is said of its age: of a unit that is out after seconds, of one that waits only when it is old. */
export function ageOf(item, idle) {
  const old = fadeOf(item).old;
  const said = item.recorded_at && (old || (!idle && ageSeconds(item.recorded_at) > SAID_AFTER_S));
  return { old, words: said ? t("{age} ago", { age: ago(item.recorded_at) }) : "" };
}

/** When it will be there, while it is on its way. */
export function etaOf(item) {
  if (!item.eta || item.assignment_status !== "en_route") return null;
  const { words, old, said } = etaWords(item.eta);
  return { words: old ? `${words} · ${said}` : words, old };
}

/** One line for whoever hears instead of sees. */
export function sentenceOf(item, look) {
  return [item.call_sign, look.word, ageOf(item, look.idle).words, etaOf(item)?.words].filter(Boolean).join(", ");
}
