/** The wall: asks, draws, and says itself when what it shows is old. */
import { find } from "../shared/dom.js";
import { number, t } from "../shared/i18n.js";
import { clock, date, duration, nowMs } from "../shared/time.js";
import { asking } from "./asking.js";
import { everySecond } from "./clocks.js";
import { wallMap } from "./map.js";
import { pages } from "./paging.js";
import { agencyRow, drawCalls, drawToday, incidentRow, referralRow } from "./rows.js";

let targets = { answer_s: 15, total_response_s: 900 };
const map = wallMap(find("#map"), find("#cover"));
const incidents = pages(find("#incidents"), find("#incident-page"), (incident) => incidentRow(targets)(incident));
const referrals = pages(find("#referrals"), find("#referral-page"), referralRow);
const agencies = pages(find("#agencies"), find("#agency-page"), agencyRow);

everySecond(() => {
  find("#clock").textContent = clock(new Date(nowMs()).toISOString(), { seconds: true });
  find("#date").textContent = date(nowMs());
});

function show(answer) {
  targets = answer.targets;
  drawCalls(find("#calls"), answer.queue, targets);
  incidents.set(answer.incidents);
  find("#incident-count").textContent = number(answer.incidents.length);
  referrals.set(answer.referrals);
  find("#referral-count").textContent = number(answer.referrals.length);
  find(".wall-referrals").dataset.empty = answer.referrals.length ? "no" : "yes";
  agencies.set(answer.agencies);
  drawToday(find("#today"), answer.today);
  map.set(answer);
  document.body.dataset.ready = "yes";
}

function tellAge({ stale, since, clock_off_ms }) {
  document.body.dataset.stale = stale ? "yes" : "no";
  find("#stale").hidden = !stale;
  find("#stale-words").textContent = since
    ? t("NOT LIVE since {time}: the server does not answer. What is below may be wrong.", { time: clock(since, { seconds: true }) })
    : t("NOT LIVE: the server has not answered yet.");
  find("#note").hidden = stale || !clock_off_ms;
  find("#note-words").textContent = clock_off_ms > 0
    ? t("The clock of this display is {time} fast. Shown is the server's time.", { time: duration(clock_off_ms / 1000) })
    : t("The clock of this display is {time} slow. Shown is the server's time.", { time: duration(-clock_off_ms / 1000) });
}

asking({ onAnswer: show, onAge: tellAge });
