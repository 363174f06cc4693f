/** A chat: what was said, in order; what is new is marked, and read as soon as it is on the screen. */
import { api } from "./api.js";
import { debounce, el, fill, icon } from "./dom.js";
import { t } from "./i18n.js";
import { live } from "./live.js";
import { roleName } from "./status.js";
import { clockOrDate } from "./time.js";
import { toastProblem } from "./toast.js";

let unread = [];
const watchers = new Set();

/** Where others said something new: watchUnread(fn(rows)); rows as the API lists them. */
export function watchUnread(fn) {
  watchers.add(fn);
  fn(unread);
}
const tellUnread = () => watchers.forEach((fn) => fn(unread));
export const readUnread = debounce(async () => {
  try {
    unread = (await api.get("/chat/unread")).items;
    tellUnread();
  } catch (problem) {
    toastProblem(problem);
  }
}, 200);
export const unreadOf = (incidentId) => unread.find((row) => row.incident_id === incidentId)?.unread ?? 0;

/** A pill with how many are new; nothing where none is. */
export const unreadBadge = (count) => (count > 0 ? el("span", { class: "badge badge-solid tone-blue chat-new", title: t("{n} new messages", { n: count }) }, icon("chat"), String(count)) : null);

const panels = new Set();
live.on("chat.said", (event) => {
  readUnread();
  for (const panel of panels) panel.hear(event);
});
live.onResume(() => {
  readUnread();
  for (const panel of panels) panel.load();
});

/**
 * chatPanel({incidentId | null for the own shift, me: reference.me}) → {node, focus(), destroy()}.
 * Enter sends, Shift+Enter begins a line; what is half written is kept while the page lives.
 */
export function chatPanel({ incidentId = null, agency = null, me, title = t("Chat") }) {
  let messages = [];
  let readUpTo = 0;
  const list = el("ol", { class: "chat-list", tabindex: "0", "aria-label": t("Messages"), "aria-live": "polite" });
  const input = el("textarea", { class: "input", rows: 1, maxlength: 2000, "aria-label": t("Message"), placeholder: t("Write, Enter sends") });
  const form = el("form", { class: "chat-form" }, input, el("button", { type: "submit", class: "button button-primary", title: t("Send") }, icon("send"), el("span", {}, t("Send"))));
  const count = el("span", { class: "chat-count" });
  const node = el("section", { class: "chat", "aria-label": title }, el("h3", {}, icon("chat"), title, count), list, form);
  const about = incidentId === null ? {} : { incident_id: incidentId };

  const mine = (message) => message.actor_id === me.id;
  function draw() {
    const first = messages.find((message) => message.id > readUpTo && !mine(message));
    const below = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    fill(count, unreadBadge(messages.filter((message) => message.id > readUpTo && !mine(message)).length));
    fill(list, messages.length ? messages.map((message) => [message === first && el("li", { class: "chat-line" }, t("new")),
      el("li", { class: `chat-message${mine(message) ? " is-mine" : ""}` },
        el("span", { class: "chat-who" }, el("strong", {}, message.actor), el("span", { class: "muted" }, [roleName(message.role), message.of_agency].filter(Boolean).join(" · ")),
          el("time", { datetime: message.at }, clockOrDate(message.at))),
        el("p", {}, message.text))]) : el("li", { class: "muted" }, t("Nothing was said yet.")));
    if (below || !first) list.scrollTop = list.scrollHeight;
  }
  async function load() {
    try {
      const answer = await api.get("/chat", about);
      messages = answer.items;
      readUpTo = Math.max(readUpTo, answer.read_up_to);
      draw();
      seen();
    } catch (problem) {
      toastProblem(problem);
    }
  }
  /** What is on the screen of somebody who looks is read a moment later: the mark stays long enough to be seen. */
  const seen = debounce(async () => {
    const newest = messages.at(-1)?.id ?? 0;
    if (newest <= readUpTo || document.hidden || !node.isConnected || !node.offsetParent) return;
    try {
      await api.put("/chat/read", { event_id: newest, ...about });
      readUpTo = newest;
      readUnread();
      setTimeout(draw, 3000);
    } catch (problem) {
      toastProblem(problem);
    }
  }, 1500);
  document.addEventListener("visibilitychange", seen);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    try {
      await api.post("/chat", { text, ...about });
      await load();
      list.scrollTop = list.scrollHeight;
    } catch (problem) {
      input.value = text;
      toastProblem(problem);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.key === "Escape") input.blur();
  });

  const panel = {
    node,
    load,
    hear(event) {
      const here = incidentId === null ? event.incident_id === null && (event.agency_code ?? null) === agency : event.incident_id === incidentId;
      if (here) load();
    },
    focus: () => input.focus(),
    destroy() {
      panels.delete(panel);
      document.removeEventListener("visibilitychange", seen);
    },
  };
  panels.add(panel);
  load();
  return panel;
}
