/** What others did with our assignment: another phone of the crew, the dispatcher, the position. */
import { describe } from "../shared/events.js";
import { t } from "../shared/i18n.js";
import { alert } from "../shared/sound.js";
import { statusName } from "../shared/status.js";
import { clock } from "../shared/time.js";
import { toast } from "../shared/toast.js";

/** Said once, in passing: the card shows how it stands. `steps` are the statuses an assignment can have. */
export function sayOthers(event, steps) {
  const happened = event.kind.split(".")[1];
  if (happened === "proposed") {
    alert();
    return;
  }
  // What was refused on another phone is said there, and at the desk.
  if (happened === "not_taken") return;
  const named = { step: happened in steps ? statusName("assignment", happened) : describe(event).text, time: clock(event.occurred_at), who: event.actor };
  if (event.data?.report) toast(t("“{step}” at {time} was pressed on another phone of this crew.", named));
  else if (event.data?.from) toast(t("“{step}” at {time} was entered by {who}.", named));
}
