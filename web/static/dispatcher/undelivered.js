/** People who were to be told and were not: who, by which way, why, and that somebody told them by phone. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { failureLine } from "../shared/failures.js";
import { t } from "../shared/i18n.js";
import { ago, clock } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { desk } from "./store.js";

const WAYS = { push: t("Push"), email: t("E-mail"), sms: t("SMS"), whatsapp: t("WhatsApp") };

/** undelivered(root) → {load()} */
export function undelivered(root) {
  const told = (notice) => ask({
    title: t("{who} was told", { who: notice.recipient }), icon: "phone", confirm: t("Told by phone"), text: notice.title,
    fields: [{ name: "note", label: t("Note") }],
    submit: async ({ note }) => { await api.post(`/notifications/${notice.id}/told`, { note }); await load(); return true; },
  });

  const row = (notice) => el("li", { dataset: { notice: notice.id } },
    el("p", {}, icon("warning"), el("strong", {}, notice.recipient), " ", el("span", { class: "badge tone-red" }, WAYS[notice.way] ?? notice.way), " ",
      el("small", { class: "muted", dataset: { ago: notice.created_at } }, ago(notice.created_at))),
    el("p", {}, notice.title),
    el("p", { class: "muted" }, failureLine(notice), " ",
      notice.next_attempt_at ? t("Tried again at {time}.", { time: clock(notice.next_attempt_at, { seconds: true }) }) : t("Nobody tries again.")),
    button(t("Told by phone"), () => told(notice), { icon: "phone" }));

  async function load() {
    const { items } = await api.get("/notifications", { state: "undelivered", agency: desk.agency });
    root.hidden = !items.length;
    fill(root, el("header", { class: "panel-head" }, icon("warning"), el("h2", {}, t("Not told yet")), el("span", { class: "count" }, String(items.length))),
      el("ul", { class: "undelivered" }, items.map(row)));
  }
  return { load: () => load().catch(toastProblem) };
}
