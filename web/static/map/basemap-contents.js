/** What a map's source does not have, in words. */
import { t } from "../shared/i18n.js";

const CONTENTS = {
  water: t("water"), green: t("parks and woods"), building: t("buildings"), railway: t("railways"), place_name: t("names of places"),
  address: t("house numbers"), hydrant: t("hydrants"), hazard: t("hazardous sites"),
};

/** "buildings, water", or nothing where the source has everything. */
export const lacksOf = (basemap) => (basemap.lacks ?? []).map((what) => CONTENTS[what] ?? what).join(", ");
