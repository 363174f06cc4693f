/** A time that was entered wrongly: which one, what it really was, and why. Both values stay in the record. */
import { api } from "./api.js";
import { ask } from "./ask.js";
import { button } from "./dom.js";
import { t } from "./i18n.js";
import { stampName } from "./status.js";
import { clock } from "./time.js";
import { toast } from "./toast.js";

const DAY_S = 86400;
const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * (text.length > 5 ? 1 : 60);

/** The moment nearest to a recorded one at which the city's clock shows this time. */
export function atClock(iso, time) {
  const shift_s = seconds(time) - seconds(clock(iso, { seconds: true }));
  const nearest_s = ((shift_s + DAY_S * 1.5) % DAY_S) - DAY_S / 2;
  return new Date(Date.parse(iso) + nearest_s * 1000).toISOString();
}

/** correctButton("assignment", row, ["on_scene_at", …], done) → a button, or null when nothing is recorded yet. */
export function correctButton(thing, row, stamps, done) {
  const there = stamps.filter((stamp) => row[stamp]);
  if (!there.length) return null;
  return button(t("Correct a time"), async () => {
    const answer = await ask({
      title: t("Correct a time"), icon: "clock", confirm: t("Correct"),
      text: t("The time before stays in the history, with your name and the reason."),
      fields: [
        { name: "stamp", label: t("Which time"), type: "select", value: there[there.length - 1],
          options: there.map((stamp) => [stamp, `${stampName(thing, stamp)} · ${clock(row[stamp], { seconds: true })}`]) },
        { name: "to", label: t("Really at"), type: "time", step: 1, required: true, value: clock(row[there[there.length - 1]], { seconds: true }) },
        { name: "reason", label: t("Reason"), required: true },
      ],
      submit: ({ stamp, to, reason }) => api.post(`/${thing}s/${row.id}/corrections`, { stamp, to: atClock(row[stamp], to), reason }),
    });
    if (!answer) return;
    toast(t("Corrected."), "good");
    done();
  }, { icon: "clock", tone: "quiet", dataset: { correct: thing } });
}
