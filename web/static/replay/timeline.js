/** The slider: a mark for every event, the steps of the procedure by name, the time in large figures. */
import { button, el, fill, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { clock, date } from "../shared/time.js";
import { SPEEDS } from "./address.js";

const DAY_MS = 86_400_000;
const TICK_TONES = { call: "--red-solid", incident: "--amber-solid", referral: "--action", assignment: "--violet-solid", closure: "--red-solid", unit: "--grey-solid", case: "--grey-solid" };

/** makeTimeline(box, recording, player, {previous, next}) → draws itself and follows the player. */
export function makeTimeline(box, recording, player, { previous, next }) {
  const { from_ms, to_ms } = recording;
  const share = (ms) => (ms - from_ms) / (to_ms - from_ms);
  const big = el("output", { class: "replay-time", id: "moment" });
  const day = el("small", { class: "replay-day" });
  const range = el("input", { type: "range", id: "slider", min: 0, max: Math.ceil((to_ms - from_ms) / 1000), step: 1, "aria-label": t("Moment") });
  const marks = el("canvas", { class: "replay-marks", "aria-hidden": "true" });
  const play = button("", () => player.toggle(), { icon: "arrow-right", tone: "primary", key: t("Space"), id: "play" });
  const speeds = SPEEDS.map((speed) => el("button", { type: "button", dataset: { speed }, onclick: () => player.setSpeed(speed) }, `${speed}×`));
  fill(box,
    el("div", { class: "replay-clock" }, big, day),
    el("div", { class: "replay-track" }, stepsLine(), marks, range,
      el("div", { class: "replay-ends" }, el("span", {}, clock(new Date(from_ms).toISOString())), el("span", {}, clock(new Date(to_ms).toISOString())))),
    el("div", { class: "replay-buttons" },
      button(t("Previous event"), previous, { icon: "arrow-left", key: "←", id: "previous", class: "replay-step" }), play,
      button(t("Next event"), next, { icon: "chevron-right", key: "→", id: "next", class: "replay-step" }),
      el("div", { class: "segments", role: "group", "aria-label": t("Speed") }, speeds)));

  range.addEventListener("input", () => player.seek(from_ms + Number(range.value) * 1000));
  range.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    player.toggle();
  });

  /** Steps of the procedure at their time; those too near each other share a row below. */
  function stepsLine() {
    const done = (recording.incident?.procedure ?? []).filter((step) => step.at && Date.parse(step.at) >= from_ms && Date.parse(step.at) <= to_ms);
    let row = 0;
    let last = -1;
    return done.length > 0 && el("ol", { class: "replay-steps" }, done.map((step) => {
      const at = share(Date.parse(step.at));
      row = at - last < 0.14 ? (row + 1) % 4 : 0;
      last = at;
      const node = el("li", { class: `is-row-${row}${at > 0.8 ? " is-right" : ""}` }, el("button", { type: "button", title: `${clock(step.at, { seconds: true })} ${localName(step, "label")}`,
        onclick: () => player.seek(Date.parse(step.at)) }, el("b", {}, String(step.number)), el("span", {}, localName(step, "label"))));
      node.style.left = `${at * 100}%`;
      return node;
    }));
  }

  function drawMarks() {
    const width = marks.clientWidth;
    const height = marks.clientHeight;
    if (!width) return;
    const ratio = devicePixelRatio || 1;
    marks.width = width * ratio;
    marks.height = height * ratio;
    const ctx = marks.getContext("2d");
    ctx.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const own = recording.incident?.id;
    for (const event of recording.events) {
      if (event.occurred_ms < from_ms || event.occurred_ms > to_ms) continue;
      const x = Math.round(share(event.occurred_ms) * (width - 1));
      const mine = own && event.incident_id === own;
      ctx.fillStyle = colour(TICK_TONES[event.kind.split(".")[0]] ?? "--grey-solid");
      ctx.globalAlpha = own && !mine ? 0.35 : 0.9;
      const tall = mine || !own ? height - 8 : (height - 8) / 2;
      ctx.fillRect(x - (mine ? 1 : 0.5), height - tall, mine ? 3 : 1.5, tall);
      if (event.late_s === null) continue;
      ctx.globalAlpha = 1;
      ctx.strokeStyle = colour("--text");
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      for (const [dx, dy] of [[0, -4], [4, 0], [0, 4], [-4, 0], [0, -4]]) ctx.lineTo(Math.min(width - 5, Math.max(5, x)) + dx, 5 + dy);
      ctx.stroke();
    }
  }
  new ResizeObserver(drawMarks).observe(marks);
  document.addEventListener("themechange", drawMarks);

  function show() {
    const iso = new Date(player.at_ms).toISOString();
    const words = clock(iso, { seconds: true });
    if (big.textContent !== words) big.textContent = words;
    if (to_ms - from_ms > DAY_MS / 24 || day.textContent === "") day.textContent = date(player.at_ms);
    range.value = String(Math.round((player.at_ms - from_ms) / 1000));
    range.setAttribute("aria-valuetext", words);
    const word = player.playing ? t("Pause") : t("Play");
    if (play.dataset.word === word) return;
    play.dataset.word = word;
    play.querySelector(".icon").replaceWith(icon(player.playing ? "pause" : "arrow-right"));
    play.querySelector("span").textContent = word;
  }
  function showSpeed() {
    for (const one of speeds) one.setAttribute("aria-pressed", String(Number(one.dataset.speed) === player.speed));
  }
  player.on((state, why) => (why === "speed" ? showSpeed() : show()));
  show();
  showSpeed();
}
