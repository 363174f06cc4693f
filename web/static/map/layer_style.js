/** What a layer's file says of one feature: its case of [[styles]], its label, its weight; and colours that can be read. */
import { locale } from "../shared/i18n.js";

const other = { id: "en", en: "id" };
/** A title or name of a layer file in the page's language. */
export const named = (thing, field) => thing[`${field}_${locale}`] ?? thing[`${field}_${other[locale]}`] ?? "";

/** The first case whose `when` fits these properties; the last has none. */
export function caseOf(layer, properties) {
  return layer.styles.find((one) => Object.entries(one.when).every(([name, value]) => properties[name] === value)) ?? layer.styles.at(-1);
}

export const labelOf = (layer, properties) => (layer.label ? String(properties[layer.label] ?? "") : "");

/** 0 to 1; what has no weight of its own is drawn in full. */
export function weightOf(layer, properties) {
  if (!layer.weight) return 1;
  const weight = Number(properties[layer.weight]);
  return Number.isFinite(weight) ? Math.min(1, Math.max(0, weight)) : 0;
}

function luminance(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const part = parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever is read more easily on this colour. */
export const inkOn = (colour) => (luminance(colour) > 0.3 ? "#101010" : "#ffffff");

/** "#rrggbb" with an opacity. */
export function faint(colour, opacity) {
  return colour + Math.round(Math.min(1, Math.max(0, opacity)) * 255).toString(16).padStart(2, "0");
}
