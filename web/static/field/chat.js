/** The chat of the case on the crew's phone: what is new stands above everything, what is written without a signal waits. */
import { ask } from "../shared/ask.js";
import { api } from "../shared/api.js";
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { roleName } from "../shared/status.js";
import { clock } from "../shared/time.js";
import { press, waiting } from "./outbox.js";

const READ = "field-chat-read";
const SHOWN = 4;
// Said and come in so far apart, a message had to wait for a signal.
const LATE_MS = 60000;

const who = ({ actor, role, of_agency }) => [actor, [roleName(role), of_agency].filter(Boolean).join(" ")].filter(Boolean).join(" · ");
const readHere = (incidentId) => JSON.parse(localStorage.getItem(READ) ?? "{}")[incidentId] ?? 0;

/** Up to where this person has read, here or on another phone. */
const readUpTo = (incidentId, chat) => Math.max(chat.read_up_to, readHere(incidentId));

/** Read without a signal is told to the server when it is asked the next time. */
export async function askChat(incidentId) {
  const chat = await api.get("/chat", { incident_id: incidentId });
  const here = readHere(incidentId);
  if (here <= chat.read_up_to) return chat;
  await api.put("/chat/read", { event_id: here, incident_id: incidentId });
  return { ...chat, read_up_to: here };
}

function markRead(incidentId, chat, draw) {
  localStorage.setItem(READ, JSON.stringify({ [incidentId]: chat.items.at(-1).id }));
  draw();
  askChat(incidentId).catch((problem) => { if (problem.status) throw problem; });
}

function message(one) {
  const late = Date.parse(one.entered_at) - Date.parse(one.at) > LATE_MS;
  return el("li", { class: "field-message" }, el("p", { class: "muted" }, el("time", { datetime: one.at }, clock(one.at)), " ", el("strong", {}, who(one)),
    late && [" · ", t("came in at {time}", { time: clock(one.entered_at) })]), el("p", {}, one.text));
}

/** What others have said since, with a button that says it was read. */
export function renderUnread({ assignment, chat }, me, draw) {
  if (!chat) return null;
  const since = readUpTo(assignment.incident_id, chat);
  const fresh = chat.items.filter((one) => one.id > since && one.actor_id !== me.id);
  if (!fresh.length) return null;
  return el("section", { class: "notice tone-violet field-unread", role: "alert", "aria-label": t("New messages") }, icon("chat"),
    el("ol", {}, fresh.map(message)),
    button(t("Read"), () => markRead(assignment.incident_id, chat, draw), { icon: "check", class: "field-step", dataset: { chat: "read" } }));
}

const write = (assignment) => ask({
  title: t("Chat of this case"), icon: "chat", confirm: t("Send"),
  text: t("The dispatcher, the operator and the other crews of this case read it."),
  fields: [{ name: "text", label: t("Message"), type: "textarea", required: true }],
  submit: async ({ text }) => {
    await press({ kind: "chat", of: assignment.id, path: "/chat", body: { text, incident_id: assignment.incident_id } });
    return true;
  },
});

export function renderChat({ assignment, chat }) {
  const said = chat?.items ?? [];
  const pending = waiting({ kind: "chat", of: assignment.id });
  const [before, last] = [said.slice(0, -SHOWN), said.slice(-SHOWN)];
  return el("section", { class: "field-chat", "aria-label": t("Chat of this case") },
    el("h3", {}, icon("chat"), " ", t("Chat of this case")),
    before.length > 0 && el("details", { dataset: { keep: "chat" } }, el("summary", {}, t("{n} earlier messages", { n: before.length })), el("ol", {}, before.map(message))),
    last.length > 0 && el("ol", {}, last.map(message)),
    pending.map(({ body, pressed_at }) => el("p", { class: "notice tone-amber" }, icon("upload"),
      t("Waiting to be sent: {what}", { what: `${clock(pressed_at)} ${body.text}` }))),
    button(t("Write a message"), () => write(assignment), { icon: "edit", class: "field-step", dataset: { chat: "write" } }));
}
