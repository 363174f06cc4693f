/** Case documents on their way to the data centre: delivered, waiting, and why not. */
import { api } from "../shared/api.js";
import { deliveryWhy } from "../shared/deliveries.js";
import { button, el } from "../shared/dom.js";
import { failureLine } from "../shared/failures.js";
import { number, t } from "../shared/i18n.js";
import { badge } from "../shared/status.js";
import { clockOrDate } from "../shared/time.js";
import { act, list, name } from "./lists.js";

const stateOf = (row) => (row.delivered_at ? "delivered" : row.last_error ? "failed" : "queued");

export async function show(box) {
  const resend = (row) => act(() => api.post(`/deliveries/${row.id}/resend`), t("It is tried again now."), reload);
  const reload = await list(box, {
    title: t("Data centre"), note: t("Every closed case is sent as one document; it is tried again until the data centre has confirmed it."),
    load: async () => (await api.get("/deliveries")).items, matches: (row) => `${row.incident_number} ${row.last_error ?? ""}`,
    empty: t("No case has been closed yet."),
    columns: [
      [t("Case"), (row) => name("document", row.incident_number)],
      [t("State"), (row) => badge("delivery", stateOf(row))],
      [t("Closed"), (row) => clockOrDate(row.queued_at)],
      [t("Delivered"), (row) => (row.delivered_at ? clockOrDate(row.delivered_at) : "–")],
      [t("Tries"), (row) => number(row.attempts)],
      [t("Why it waits"), (row) => (row.delivered_at ? "" : el("span", {}, deliveryWhy(row), " ", row.last_error && failureLine(row)))],
      ["", (row) => el("div", { class: "actions" }, !row.delivered_at && !row.withdrawn_at && button(t("Try now"), () => resend(row), { icon: "refresh", tone: "quiet" }))],
    ],
  });
  return { refresh: { prefix: "case.", fn: reload } };
}
