/** The slider: a mark for every event, the steps of the procedure by name, the time in large figures. */
import { button, el, fill, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { clock, date } from "../shared/time.js";
import { SPEEDS } from "./address.js";

const DAY_MS = 86_400_000;
const STEP_ROWS = 4;
const LETTER_PX = 7.5;
const NUMBER_PX = 30;
const TICK_TONES = { call: "--red-solid", incident: "--amber-solid", referral: "--action", assignment: "--violet-solid", closure: "--red-solid", unit: "--grey-solid", case: "--grey-solid" };

/** makeTimeline(box, recording, player, {previous, next}) → draws itself and follows the player. */
export function makeTimeline(box, recording, player, { previous, next }) {
  const { from_ms, to_ms } = recording;
  const share = (ms) => (ms - from_ms) / (to_ms - from_ms);
  const big = el("output", { class: "replay-time", id: "moment" });
  const day = el("small", { class: "replay-day" });
  const range = el("input", { type: "range", id: "slider", min: 0, max: Math.ceil((to_ms - from_ms) / 1000), step: 1, "aria-label": t("Moment") });
  const marks = el("canvas", { class: "replay-marks", "aria-hidden": "true" });
  const play = button("", () => player.toggle(), { icon: "play", tone: "primary", key: t("Space"), id: "play" });
  const speeds = SPEEDS.map((speed) => el("button", { type: "button", dataset: { speed }, onclick: () => player.setSpeed(speed) }, `${speed}×`));
  fill(box,
    el("div", { class: "replay-clock" }, big, day),
    el("div", { class: "replay-track" }, stepsLine(), marks, range,
      el("div", { class: "replay-ends" }, el("span", {}, clock(new Date(from_ms).toISOString())), el("span", {}, clock(new Date(to_ms).toISOString())))),
    el("div", { class: "replay-buttons" },
      stepButton("previous", t("Previous event"), "arrow-left", previous), play, stepButton("next", t("Next event"), "arrow-right", next),
      el("div", { class: "segments", role: "group", "aria-label": t("Speed") }, speeds)));

  range.addEventListener("input", () => player.seek(from_ms + Number(range.value) * 1000));
  range.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    player.toggle();
  });

  function stepButton(id, words, drawing, run) {
    return button("", run, { icon: drawing, id, class: "button-icon", title: words, "aria-label": words });
  }

  /** Steps of the procedure at their time, in rows so that no name hides another; those of one moment stand together. */
  function stepsLine() {
    const done = (recording.incident?.procedure ?? []).filter((step) => step.at && Date.parse(step.at) >= from_ms && Date.parse(step.at) <= to_ms);
    const groups = [];
    for (const step of done) {
      const at = share(Date.parse(step.at));
      if (groups.length && at - groups.at(-1).at < 0.004) groups.at(-1).steps.push(step);
      else groups.push({ at, steps: [step] });
    }
    const free = Array(STEP_ROWS).fill(-1);
    return groups.length > 0 && el("ol", { class: "replay-steps" }, groups.map(({ at, steps }) => {
      const words = steps.map((step) => localName(step, "label")).join(" · ");
      const track_px = Math.max(300, box.clientWidth * 0.6);
      const numbers = (steps.length * NUMBER_PX) / track_px;
      const whole = numbers + (words.length * LETTER_PX) / track_px;
      const fits = whole <= Math.max(at, 1 - at); // else only the numbers: the names are under the pointer
      const width = fits ? whole : numbers;
      const right = at + width > 1;
      const [begins, ends] = right ? [at - width, at] : [at, at + width];
      const row = Math.max(0, free.findIndex((end) => begins >= end));
      const room = fits && begins >= free[row];
      free[row] = Math.max(free[row], room ? ends : at + NUMBER_PX / 800);
      const node = el("li", { class: `is-row-${row}${right ? " is-right" : ""}` }, el("button", {
        type: "button", title: `${clock(steps[0].at, { seconds: true })} ${words}`, onclick: () => player.seek(Date.parse(steps[0].at)) },
      steps.map((step) => el("b", {}, String(step.number))), room && el("span", {}, words)));
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
    play.querySelector(".icon").replaceWith(icon(player.playing ? "pause" : "play"));
    play.querySelector("span").textContent = word;
  }
  function showSpeed() {
    for (const one of speeds) one.setAttribute("aria-pressed", String(Number(one.dataset.speed) === player.speed));
  }
  player.on((state, why) => (why === "speed" ? showSpeed() : show()));
  show();
  showSpeed();
}
