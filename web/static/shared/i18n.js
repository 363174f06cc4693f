/** Words of the screen: English msgids in the code, translated by the catalogue of the page's language. */

export const locale = document.body.dataset.locale || "id";

async function loadCatalogue() {
  if (locale === "en") return {};
  const answer = await fetch(`/i18n/${locale}.json`, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    console.warn(`No catalogue for "${locale}" (${answer.status}): the screen stays in English.`);
    return {};
  }
  return answer.json();
}

const catalogue = await loadCatalogue();

/** t("Waiting {seconds} s", {seconds: 12}) */
export function t(msgid, named = {}) {
  const text = catalogue[msgid] || msgid;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in named ? String(named[name]) : whole));
}

/** The name of a fact (kind, unit type, step) in the page's language: localName(kind) or localName(step, "label"). */
export function localName(thing, field = "name") {
  if (!thing) return "";
  return thing[`${field}_${locale}`] ?? thing[`${field}_id`] ?? thing[field] ?? thing.code ?? "";
}

/** A number in the page's language. */
export function number(value, decimals = 0) {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
}

/** "850 m" or "2.4 km". */
export function distance(length_m) {
  if (length_m === null || length_m === undefined) return "–";
  return length_m < 1000 ? `${number(Math.round(length_m / 10) * 10)} m` : `${number(length_m / 1000, 1)} km`;
}
