/** Why a case document has not arrived yet, and when it is tried next, in one sentence. */
import { t } from "./i18n.js";
import { clockOrDate, nowMs } from "./time.js";

export function deliveryWhy(row) {
  if (row.withdrawn_at) return t("Not sent: its closing was taken back.");
  if (row.waits_for) return t("Waits until document {n} of the same case has arrived.", { n: row.waits_for });
  if (!row.next_attempt_at) {
    return t("Given up: nothing more is tried by itself. See to what the data centre says, then try now.");
  }
  if (Date.parse(row.next_attempt_at) <= nowMs()) return t("It is being tried.");
  return t("Next attempt {time}", { time: clockOrDate(row.next_attempt_at) });
}
