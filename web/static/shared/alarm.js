/** The alarm of an incident: its badge wherever the case is shown, and the question that changes it. */
import { api } from "./api.js";
import { ask } from "./ask.js";
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

const HIGHEST = 5;

/** Nothing for the first alarm: that is every case. */
export const alarmBadge = (level) => (level > 1
  ? el("span", { class: "badge badge-solid tone-red", dataset: { alarm: level } }, icon("warning"), t("Alarm {n}", { n: level })) : null);

/** Ask to which alarm; answers what the server made of it, or null. */
export const changeAlarm = (incident, done = () => {}) => ask({
  title: t("Alarm of {number}", { number: incident.number }), icon: "warning", confirm: t("Set the alarm"),
  text: t("Raising it asks the agencies and units that the response plan adds. Lowering it calls nobody back."),
  fields: [
    { name: "level", label: t("Alarm"), type: "select", value: String(Math.min(incident.alarm_level + 1, HIGHEST)),
      options: Array.from({ length: HIGHEST }, (_, n) => n + 1).filter((n) => n !== incident.alarm_level)
        .map((n) => [String(n), n > incident.alarm_level ? t("Alarm {n} (raise)", { n }) : t("Alarm {n} (lower)", { n })]) },
    { name: "reason", label: t("Reason"), hint: t("Needed for lowering.") },
  ],
  submit: async ({ level, reason }) => {
    const answer = await api.post(`/incidents/${incident.id}/alarm`, { level: Number(level), reason });
    done();
    return answer;
  },
});
