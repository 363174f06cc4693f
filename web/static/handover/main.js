/** The change of shifts: the desk as who comes next must know it, handed over by one and taken over by another. */
import { api, getReference } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { chatPanel, readUnread } from "../shared/chat.js";
import { button, debounce, el, fill, find, icon } from "../shared/dom.js";
import { bindDraft, clearProblems, showProblem, values } from "../shared/form.js";
import { number, t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { live } from "../shared/live.js";
import { notePromise } from "../shared/promise.js";
import { clock, clockOrDate, date } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { latePart, openPart, outPart, promisedPart } from "./parts.js";

const READ_AGAIN_MS = 30000;
const reference = await getReference();
const { me } = reference;
const mayWrite = find("#handover").dataset.mayMake === "yes";
const agency = me.role === "dispatcher" ? me.agency_code : null;
const deskName = agency ? reference.agencies.find((one) => one.code === agency)?.name ?? agency : t("Operators of 112");

const box = find("#now");
const waiting = find("#waiting");
const before = find("#before");

async function promise() {
  if (await notePromise()) load();
}
async function ended(one) {
  const done = await ask({ title: t("What became of it?"), icon: "check", confirm: t("Done"), text: one.promise,
    fields: [{ name: "outcome", label: t("Outcome"), required: true, value: t("Kept") }], submit: ({ outcome }) => api.post(`/promises/${one.id}/end`, { outcome }) });
  if (done) load();
}

function draw(desk) {
  const { counts } = desk;
  fill(box, el("header", { class: "handover-head" }, el("h2", {}, t("Hand-over: {desk}", { desk: deskName })),
    el("span", { class: "muted" }, `${date(desk.now)} ${clock(desk.now)}`), button(t("Print"), () => print(), { icon: "document", key: "P" })),
  el("p", { class: "handover-counts" }, el("span", {}, desk.since ? t("since {time}", { time: clockOrDate(desk.since) }) : t("last 12 hours")),
    el("span", {}, el("b", {}, number(counts.calls)), " ", t("calls")), el("span", {}, el("b", {}, number(counts.incidents)), " ", t("incidents")),
    el("span", {}, el("b", {}, number(counts.completed)), " ", t("referrals completed"))),
  latePart(desk.late), openPart(desk.open), promisedPart(desk.promised, mayWrite && { add: promise, end: ended }), outPart(desk.out_of_service),
  el("div", { class: "handover-sign" }, el("p", {}, t("Handed over by")), el("p", {}, t("Taken over by"))));
}

function row(one) {
  return el("li", { class: "handover-row" }, icon(one.taken_at ? "check-double" : "clock"), el("strong", {}, clockOrDate(one.handed_at)),
    el("span", {}, `${one.handed_by} → ${one.taken_by ?? "…"}`),
    el("a", { class: "button button-quiet row-end", href: `/api/v1/handovers/${one.id}.pdf` }, icon("download"), el("span", {}, "PDF")),
    one.note && el("span", { class: "row-note" }, one.note), one.taken_note && el("span", { class: "row-note" }, one.taken_note));
}

function drawHandovers(items) {
  const open = items.find((one) => !one.taken_at);
  waiting.hidden = !open;
  find("#give").hidden = Boolean(open) || !mayWrite;
  if (open) {
    fill(waiting, el("h3", {}, icon("clock"), " ", t("{name} handed the shift over at {time}; it waits to be taken over.", { name: open.handed_by, time: clock(open.handed_at) })),
      open.note && el("p", {}, open.note),
      open.handed_by_id === me.id ? el("p", { class: "muted" }, t("Another person takes it over, signed in with their own name.")) : mayWrite && el("div", {}, button(t("Take the shift over"), () => take(open), { icon: "check", tone: "primary", key: "T" })));
  }
  fill(before, items.length ? items.map(row) : el("li", { class: "muted" }, t("No shift was handed over yet.")));
  keysFor(open);
}
let off = () => {};
function keysFor(open) {
  off();
  off = open && open.handed_by_id !== me.id && mayWrite ? keys({ T: { label: t("Take the shift over"), run: () => take(open) } }) : () => {};
}
async function take(one) {
  const done = await ask({ title: t("Take the shift over"), icon: "check", confirm: t("I take it over"), text: t("From now on you are responsible for everything on this page."),
    fields: [{ name: "note", label: t("A word to keep (may be empty)"), type: "textarea" }], submit: ({ note }) => api.post(`/handovers/${one.id}/take`, { note: note || null }) });
  if (done) { toast(t("The shift is yours."), "good"); load(); }
}

const form = find("#give");
const kept = bindDraft(form, "handover");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearProblems(form);
  const { note } = values(form);
  try {
    await api.post("/handovers", { note: note || null });
    kept.clear();
    form.reset();
    toast(t("Handed over. It waits for who comes next."), "good");
    load();
  } catch (problem) {
    showProblem(form, problem);
  }
});

async function read() {
  try {
    const [desk, { items }] = await Promise.all([api.get("/desk"), api.get("/handovers")]);
    draw(desk);
    drawHandovers(items);
  } catch (problem) {
    toastProblem(problem);
  }
}
const load = debounce(read, 150);
for (const prefix of ["incident.", "referral.", "promise.", "handover.", "unit.duty"]) live.on(prefix, load);
live.onResume(load);
setInterval(() => { if (!document.hidden) load(); }, READ_AGAIN_MS);

await read();
let chat = null;
if (mayWrite) {
  chat = chatPanel({ agency, me, title: t("Chat of the shift") });
  find("#chat").append(chat.node);
  readUnread();
}
keys({
  N: { label: t("Note a promise"), run: () => { if (mayWrite) promise(); } },
  P: { label: t("Print"), run: () => print() },
  C: { label: t("Write in the chat"), run: () => { chat?.focus(); } },
});
document.body.dataset.ready = "yes";
