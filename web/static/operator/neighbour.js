/** A neighbour of the city has no desk here: 112 calls it, and notes who said what. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { callLink } from "../shared/late.js";

const ANSWERS = { told: t("Told; it will say whether it comes"), accepted: t("It is coming"), declined: t("It is not coming"), done: t("It has finished") };

/** What may be noted next: once it comes, only that it has finished. */
const possible = (referral) => Object.entries(ANSWERS).filter(([code]) => (referral.status === "accepted") === (code === "done")
  && (code !== "told" || referral.status === "sent"));

async function note(referral, done) {
  const name = referral.agency.short_name;
  const made = await ask({
    title: t("What {agency} said", { agency: name }), icon: "phone", confirm: t("Note it"),
    fields: [
      { name: "answer", label: t("Its answer"), type: "select", options: possible(referral), value: referral.status === "sent" ? "accepted" : possible(referral)[0][0] },
      { name: "spoke_with", label: t("Spoke with"), required: true },
      { name: "note", label: t("Note"), type: "textarea", hint: t("What it sends and when; where it does not come, why.") },
    ],
    submit: (data) => api.post(`/referrals/${referral.id}/neighbour`, data) });
  if (made) done();
}

/** Its number, who spoke for it, and the button that notes what it says. */
export function neighbourLine(referral, done) {
  const spoke = referral.readiness?.note;
  return el("span", { class: "row-note" }, t("Neighbour without a desk here"), " ", referral.agency.phone && callLink(referral.agency.phone),
    spoke && [" · ", t("spoke with {name}", { name: spoke })],
    referral.allowed.includes("neighbour") && button(t("Note its answer"), () => note(referral, done), { icon: "phone", tone: referral.status === "sent" ? "primary" : null, dataset: { neighbour: referral.agency.code } }));
}
