/** Noting a promise: what was promised to whom and until when; the hand-over of the shift lists it until it is kept. */
import { api } from "./api.js";
import { ask } from "./ask.js";
import { t } from "./i18n.js";
import { nowMs } from "./time.js";
import { toast } from "./toast.js";

const USUAL_MIN = 30;
const inMinutes = (ahead) => new Date(nowMs() + ahead * 60000).toISOString();

/** Asks and notes it, about a case where one is given; answers what the server keeps, or null. */
export async function notePromise(incident = null) {
  const done = await ask({
    title: incident ? t("Note a promise about {number}", { number: incident.number }) : t("Note a promise"), icon: "flag", confirm: t("Note it"),
    text: t("What was promised to a caller or an agency, and by when."),
    fields: [
      { name: "promise", label: t("What was promised"), type: "textarea", required: true },
      { name: "promised_to", label: t("To whom"), required: true, value: incident?.caller_name ?? "" },
      { name: "minutes", label: t("Within how many minutes"), type: "number", min: 1, step: 1, required: true, value: USUAL_MIN }],
    submit: ({ promise, promised_to, minutes }) => api.post("/promises", { promise, promised_to, due_at: inMinutes(Number(minutes)), incident_id: incident?.id ?? null }) });
  if (done) toast(t("Noted; the hand-over of the shift shows it."), "good");
  return done;
}
