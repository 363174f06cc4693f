/** What stands above the job: what the server refused, what waits, who has to sign in, and how the phone is doing. */
import { button, el, fill, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { statusName } from "../shared/status.js";
import { ago, clock, nowMs } from "../shared/time.js";
import { awake } from "./awake.js";
import { batteryIsLow, batteryPercent, onBattery } from "./battery.js";
import { dismiss, linkState, ofOthers, onOutbox, refused, waiting } from "./outbox.js";
import { sharing } from "./position.js";

const KINDS = { decline: t("Not so"), move: t("We are there"), backup: t("Call for help"), counts: t("People and damage"), photo: t("Photo"), chat: t("Message") };
const nameOf = ({ kind, body }) => (kind === "undo" ? t("Undo: {step}", { step: statusName("assignment", body.step) }) : KINDS[kind]) ?? statusName(kind === "duty" ? "duty" : "assignment", body.step ?? body.duty);

function refusal(entry) {
  return el("div", { class: "notice tone-red field-refused", role: "alert" }, icon("warning"),
    el("div", {}, el("strong", {}, t("Not recorded: “{what}” at {time}", { what: nameOf(entry), time: clock(entry.pressed_at) })),
      el("p", {}, entry.refused.detail)),
    button(t("Understood"), () => dismiss(entry.id), { icon: "check", class: "field-step", dataset: { dismiss: entry.kind } }));
}

function drawOutbox() {
  const link = linkState();
  const mine = waiting();
  const others = new Set(ofOthers().map((entry) => entry.user));
  const box = find("#outbox");
  Object.assign(box.dataset, { link, waiting: mine.length });
  fill(box,
    link === "signed_out" && el("div", { class: "notice tone-red", role: "alert" }, icon("lock"),
      el("p", {}, t("You are signed out. What you pressed is kept; sign in again to send it.")),
      el("a", { class: "button button-primary field-step", href: "/sign-in?next=/field" }, t("Sign in"))),
    refused().map(refusal),
    mine.length > 0 && link === "offline" && el("p", { class: "notice tone-amber", role: "status", dataset: { unsent: mine.length } }, icon("offline"),
      t("No connection: {n} reports wait on this phone and are sent by themselves.", { n: mine.length })),
    [...others].map((name) => el("p", { class: "notice tone-grey" }, icon("lock"),
      t("Reports of {name} wait on this phone until {name} signs in here.", { name }))));
}

const WORDS = {
  off: ["power", t("Position is sent only during an assignment.")],
  searching: ["refresh", t("Looking for the position…")],
  sent: ["check", t("Position sent")],
  waiting: ["offline", t("No connection: positions wait and are sent later.")],
  refused: ["warning", t("The server refused the position.")],
  denied: ["warning", t("This phone does not allow the position. Allow it in the browser's settings.")],
  none: ["warning", t("This phone has no position.")],
};

function drawPosition({ code, at, waiting: left }) {
  const [drawing, words] = WORDS[code];
  fill(find("#position"), icon(drawing), " ", words,
    code === "sent" && at ? [" ", el("span", { dataset: { ago: at } }, ago(at))] : "", left ? ` (${left})` : "");
}

const AWAKE = {
  refused: t("The phone will not keep its screen on: it may go dark, and then no position is sent."),
  unable: t("This browser cannot keep the screen on. Set the phone so that it stays on."),
};
let screen = "off";
let pictureAt = null;

function drawPhone() {
  fill(find("#phone"),
    pictureAt && el("p", { class: "notice tone-amber", dataset: { picture: "old" } }, icon("clock"),
      t("No connection. This is how it was at {time}.", { time: clock(pictureAt) })),
    AWAKE[screen] && el("p", { class: "notice tone-amber" }, icon("sun"), AWAKE[screen]),
    batteryIsLow() && el("p", { class: "notice tone-amber" }, icon("battery"),
      t("Battery {percent} %: the position is sent every 30 seconds only.", { percent: batteryPercent() })));
}

/** Since when what is shown is old, or null when it is as the server has it now. */
export function showPictureAge(at) {
  pictureAt = at && Date.parse(at) <= nowMs() ? at : null;
  drawPhone();
}

export function showStanding() {
  onOutbox(drawOutbox);
  drawOutbox();
  sharing.onState(drawPosition);
  awake.onState((state) => { screen = state; drawPhone(); });
  onBattery(drawPhone);
}
