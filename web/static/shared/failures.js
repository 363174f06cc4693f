/** Why a notice or a case did not arrive, in words; what the other side or the wire said stays beside for details. */
import { el } from "./dom.js";
import { t } from "./i18n.js";

export const FAILURES = {
  no_answer: t("The other side did not answer in time."),
  name_not_found: t("The name of the server was not found."),
  certificate: t("The certificate of the server is not valid."),
  not_reachable: t("The server cannot be reached."),
  address_unusable: t("The address that is set cannot be used."),
  not_let_in: t("The other side does not let us in: the key may be wrong."),
  refused: t("The other side does not take it as it is."),
  too_many: t("The other side asks us to come less often."),
  broken_there: t("The other side has a fault of its own."),
  no_gateway: t("No gateway for e-mail, SMS and WhatsApp is set up."),
  not_signed_up: t("The device is not signed up any more."),
  too_late: t("It was too late to be of use when it could be sent."),
};

/** The sentence of a record that failed; what was kept before there were reasons is shown as it is. */
export const failureWords = (record) => FAILURES[record.last_reason ?? record.failure] ?? record.last_error ?? record.error ?? "";

/** The sentence, and behind it what was said on the wire. */
export const failureLine = (record) => {
  const words = failureWords(record);
  const raw = record.last_error ?? record.error;
  return el("span", { class: "failure" }, words, raw && raw !== words && el("details", { class: "failure-raw" }, el("summary", {}, t("Details")), el("code", {}, raw)));
};
