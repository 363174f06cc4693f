/** What waits for the data centre, and why: one line a document, the oldest first, with its next attempt. */
import { api } from "../shared/api.js";
import { button, el, fill, find, icon } from "../shared/dom.js";
import { deliveryWhy } from "../shared/deliveries.js";
import { failureLine } from "../shared/failures.js";
import { t } from "../shared/i18n.js";
import { badge } from "../shared/status.js";
import { clockOrDate } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { watch } from "./state.js";

let redraw = null;
watch("event", (event) => { if (event.kind.startsWith("case.")) redraw?.(); });

/** deliveriesView(box, openCase) → {focus(), destroy()} */
export function deliveriesView(box, openCase) {
  const list = el("ul", { class: "late-list", "aria-live": "polite" }, el("li", { class: "empty", role: "status" }, t("Loading…")));
  fill(box, el("div", { class: "work-scroll" }, el("h2", {}, t("Waiting for the data centre")),
    el("p", { class: "muted" }, t("Every closed case is sent as one document; it is tried again until the data centre has confirmed it.")), list));

  const resend = (row) => api.post(`/deliveries/${row.id}/resend`).then(() => { toast(t("It is tried again now."), "good"); load(); }).catch(toastProblem);

  function line(row) {
    return el("li", { class: "late-row", dataset: { delivery: row.id } },
      el("div", { class: "late-head" }, el("strong", {}, [row.incident_number, row.sequence].join(".")), badge("delivery", row.last_error ? "failed" : "queued"),
        el("span", { class: "row-end" }, t("closed {time}", { time: clockOrDate(row.queued_at) }))),
      el("p", {}, deliveryWhy(row)),
      row.last_error && el("p", { class: "muted" }, t("Attempts: {n}.", { n: row.attempts }), " ", failureLine(row)),
      el("div", { class: "actions" }, button(t("Try now"), () => resend(row), { icon: "refresh" }),
        button(t("Open the case"), () => openCase(row.incident_id), { icon: "arrow-right" })));
  }

  async function load() {
    try {
      const { items } = await api.get("/deliveries", { state: "waiting" });
      fill(list, items.length ? [...items].reverse().map(line)
        : el("li", { class: "empty" }, icon("check-double", { large: true }), t("Nothing waits: the data centre has every closed case.")));
    } catch (problem) {
      toastProblem(problem);
    }
  }
  redraw = load;
  load();
  return { focus: () => find("button", list)?.focus(), destroy() { redraw = null; } };
}
