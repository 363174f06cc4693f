/** What is dangerous around the place, and where the water is: nearest first. */
import { el, icon } from "../shared/dom.js";
import { distance, t } from "../shared/i18n.js";

const HAZARD = {
  fuel: [t("Fuel"), "gas"], gas: [t("Gas"), "gas"], chemical: [t("Chemicals"), "warning"],
  electrical: [t("High voltage"), "electric"], works: [t("Factory"), "building"],
};
const WATER = { hydrant: t("Hydrant"), tank: t("Water tank"), suction: t("Suction point"), pond: t("Pond for engines") };
const MOST = 4;

function line(site, word, drawing) {
  return el("li", {}, icon(drawing), " ", el("strong", {}, word), site.name ? ` ${site.name}` : "", " · ", distance(site.distance_m));
}

export function renderHazards(hazards) {
  const sites = hazards.filter((site) => site.kind === "hazard").slice(0, MOST);
  const water = hazards.filter((site) => site.kind === "hydrant").slice(0, 2);
  if (!sites.length && !water.length) return null;
  return el("section", { class: "field-hazards", "aria-label": t("Around the place") },
    sites.length > 0 && el("ul", { class: "notice tone-red" }, sites.map((site) => line(site, ...(HAZARD[site.class] ?? [t("Hazard"), "warning"])))),
    water.length > 0 && el("ul", { class: "notice tone-blue" }, water.map((site) => line(site, WATER[site.class] ?? t("Hydrant"), "hydrant"))));
}
