/** Choosing what is replayed: an hour or a day of the city's own clock, or an incident by its number. */
import { ask } from "../shared/ask.js";
import { t } from "../shared/i18n.js";
import { cityDay, clock, midnight, nowMs } from "../shared/time.js";

const LENGTHS = [[15, t("15 minutes")], [30, t("30 minutes")], [60, t("1 hour")], [120, t("2 hours")], [480, t("8 hours")], [1440, t("24 hours")]];

/** chooseSpan(open) asks, and opens what was chosen; a refusal is shown at its field. */
export function chooseSpan(open) {
  const hour_ago = new Date(nowMs() - 3_600_000).toISOString();
  return ask({
    title: t("Replay another span"), confirm: t("Replay"), icon: "clock",
    text: t("An hour or a day of the room, or one incident from its first call to its end. At most 24 hours."),
    fields: [
      { name: "number", label: t("Number of an incident"), hint: t("Leave empty for a span of the whole room.") },
      { name: "day", label: t("Day"), type: "date", value: cityDay() },
      { name: "time", label: t("From"), type: "time", value: clock(hour_ago) },
      { name: "minutes", label: t("Length"), type: "select", options: LENGTHS, value: "60" },
    ],
    submit: ({ number, day, time, minutes }) => {
      if (number) return open({ number, from_ms: null, to_ms: null, incident: null });
      const from_ms = Date.parse(midnight(day).replace("T00:00", `T${time}`));
      return open({ from_ms, to_ms: from_ms + Number(minutes) * 60_000, incident: null });
    },
  });
}
