/** Every late step of every agency, worst first: whom it was told, a number to call, and taking it in hand. */
import { api } from "../shared/api.js";
import { button, el, fill, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { callLink, followLate, inHand, lateWhat, toldList } from "../shared/late.js";
import { ageSeconds, duration } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";

/** followLateness({lead, openList, openCase}) → view(box) for the work column. */
export function followLateness({ lead, openList, openCase }) {
  let redraw = null;
  const counter = el("button", { type: "button", class: "button late-count", onclick: openList, hidden: true });
  find(".topbar-extra").append(counter);

  function showCount(rows) {
    const loud = rows.some((row) => !inHand(row));
    counter.hidden = !rows.length;
    counter.classList.toggle("is-loud", loud);
    fill(counter, icon(loud ? "warning" : "clock"), el("span", {}, t("Late: {n}", { n: rows.length })), el("kbd", {}, "Shift+F8"));
  }
  const late = followLate({ loud: lead, onOpen: openList, openWords: t("See what is late"), onChange: (rows) => { showCount(rows); redraw?.(); } });

  const act = (path, done) => api.post(path).then(() => { toast(done, "good"); late.refresh(); }).catch(toastProblem);

  function row(one) {
    const name = one.agency_name;
    return el("li", { class: `late-row${inHand(one) ? " is-in-hand" : ""}`, dataset: { referral: one.referral_id } },
      el("div", { class: "late-head" }, lateWhat(one), el("strong", { class: "late-by", dataset: { ago: one.due_at } }, duration(ageSeconds(one.due_at)))),
      el("p", { class: "muted" }, [one.place, one.number].filter(Boolean).join(" · ")),
      inHand(one) && el("p", {}, icon("flag"), " ", t("in hand: {name}", { name: one.taken_by ?? "–" }), " · ", el("span", { dataset: { ago: one.taken_at } }, duration(ageSeconds(one.taken_at)))),
      toldList(one),
      el("div", { class: "actions" },
        lead && !inHand(one) && button(t("Take over"), () => act(`/referrals/${one.referral_id}/take-over`, t("In your hands: nobody else is told for five minutes.")), { icon: "flag", tone: "primary" }),
        one.agency_phone && callLink(one.agency_phone),
        lead && one.status === "sent" && button(t("Acknowledge for {agency}", { agency: name }), () => act(`/referrals/${one.referral_id}/acknowledge`, t("Acknowledged for {agency}.", { agency: name })), { icon: "eye" }),
        lead && el("a", { class: "button", href: `/dispatcher?agency=${one.agency_code}` }, icon("headset"), el("span", {}, t("Desk of {agency}", { agency: name }))),
        button(t("Open the case"), () => openCase(one.incident_id), { icon: "arrow-right" })));
  }

  return (box) => {
    const list = el("ul", { class: "late-list" });
    redraw = () => {
      const rows = late.rows();
      fill(list, rows.length ? rows.map(row) : el("li", { class: "empty" }, icon("check-double", { large: true }), t("Nothing is late.")));
    };
    fill(box, el("div", { class: "work-scroll" }, el("h2", {}, t("Late")), el("p", { class: "muted" }, t("Every agency that has not done its step in time, worst first.")), list));
    redraw();
    return { focus: () => find("button, a", list)?.focus(), destroy() { redraw = null; } };
  };
}
