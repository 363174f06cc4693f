/** Says in words, loudly and only as long as it is so, that what the screen shows is not what is true now. */
import { icon } from "./dom.js";
import { t } from "./i18n.js";
import { live } from "./live.js";
import { ago, clock, onSecond } from "./time.js";

const WORDS = {
  live: [t("Live"), "live"], connecting: [t("Connecting"), "refresh"], reconnecting: [t("Reconnecting"), "refresh"],
  stale: [t("Not live"), "offline"], behind: [t("Catching up"), "download"], server_behind: [t("Not live"), "database"],
};
// A break that is over before anybody could read about it is not worth a red band.
const LOUD_AFTER_MS = { reconnecting: 2000, behind: 500 };
const QUIET = new Set(["live", "connecting"]);

function sentence({ state, since, left, total }) {
  const when = { time: clock(since, { seconds: true }), age: ago(since) };
  if (state === "server_behind") return t("The server cannot read its database since {time} ({age}). What you see is as it was then.", when);
  if (state !== "behind") return t("No connection to the server since {time} ({age}). What you see is as it was then. Connecting again …", when);
  if (!left) return t("Connected again. Asking what happened since {time} …", when);
  return t("Catching up since {time}: {left} of {total} events are still to come.", { ...when, left, total });
}

/** showBehind(box, band): the small sign in the header, and the band under it. */
export function showBehind(box, band) {
  let now = null;
  let loud = 0;
  const words = band.querySelector("[data-stale-text]");

  function show() {
    if (band.hidden) return;
    const text = sentence(now);
    if (words.textContent !== text) words.textContent = text;
    const bar = band.querySelector("progress");
    bar.hidden = now.state !== "behind" || !now.left;
    if (!bar.hidden) Object.assign(bar, { max: now.total, value: now.total - now.left });
  }

  live.onState((next) => {
    const [word, drawing] = WORDS[next.state];
    const same = now?.state === next.state;
    now = next;
    box.hidden = false;
    box.dataset.state = next.state;
    box.querySelector(".live-word").textContent = word;
    if (!same) {
      box.querySelector(".icon").replaceWith(icon(drawing));
      band.querySelector(".icon").replaceWith(icon(drawing));
      band.dataset.state = next.state;
      clearTimeout(loud);
      if (QUIET.has(next.state)) band.hidden = true;
      else if (band.hidden) loud = setTimeout(() => { band.hidden = false; show(); }, LOUD_AFTER_MS[next.state] ?? 0);
    }
    show();
  });
  onSecond(show);
}
