/** Words that several parts of the administration use: roles, kinds of station. */
import { t } from "../shared/i18n.js";

export const ROLES = [
  ["operator", t("Operator")], ["lead_operator", t("Lead operator")], ["dispatcher", t("Dispatcher")],
  ["crew", t("Field crew")], ["planner", t("Planner")], ["administrator", t("Administrator")],
];
export const TOKEN_ROLES = [["telephony", t("Telephone system")], ...ROLES, ["simulator", t("Simulator")], ["receiver", t("Receiver of cases")]];
export const roleName = (code) => TOKEN_ROLES.find(([value]) => value === code)?.[1] ?? code;

/** kind → [words, drawing] */
export const STATION_KINDS = {
  fire_station: [t("Fire station"), "fire-engine"],
  bpbd_post: [t("Disaster post"), "disaster"],
  hospital: [t("Hospital"), "hospital"],
  puskesmas: [t("Health centre"), "clinic"],
  ambulance_post: [t("Ambulance post"), "ambulance"],
  police_post: [t("Police post"), "police"],
  utility_depot: [t("Power depot"), "electric"],
};
export const stationKind = (code) => STATION_KINDS[code]?.[0] ?? code;
export const stationIcon = (code) => STATION_KINDS[code]?.[1] ?? "station";
