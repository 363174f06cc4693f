/** Names of what plans ask for and of vehicles, in the page's language, from the facts of this city. */
import { getReference } from "./api.js";
import { localName, t } from "./i18n.js";

const { capabilities = [], profiles = [], agencies = [], skills = [] } = await getReference();
const named = (rows, code) => localName(rows.find((row) => row.code === code)) || code?.replaceAll("_", " ") || "";

/** "Pemadaman" for "fire_suppression"; null asks for any unit. */
export const capabilityName = (code) => (code === null ? t("any unit") : named(capabilities, code));
export const capabilityCodes = () => capabilities.map((row) => row.code);
export const profileName = (code) => named(profiles, code);
export const profileCodes = () => profiles.map((row) => row.code);
export const agencyShortName = (code) => agencies.find((row) => row.code === code)?.short_name ?? code;
/** "Operator pompa" for "pump_operator"; skills() are all of them, for choosing. */
export const skillName = (code) => named(skills, code);
export const skillCodes = () => skills.map((row) => row.code);
