/** Is this already known? Open incidents near the pin, with why each may be the same one. */
import { api } from "../shared/api.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { distance, localName, t } from "../shared/i18n.js";
import { ago } from "../shared/time.js";
import { iconName, statusName } from "../shared/status.js";
import { toastProblem } from "../shared/toast.js";

const SHOWN = 2;

function reasons(found, kind) {
  const { incident, distance_m } = found;
  const written = found.reason_id ? localName(found, "reason") : null;
  if (written) return [written, incident.call_count > 1 && t("{n} calls", { n: incident.call_count })].filter(Boolean).join(" · ");
  const same = kind && (incident.kind === kind ? t("same kind") : incident.kind.split(".")[0] === kind.split(".")[0] ? t("related kind") : null);
  return [t("{distance} away", { distance: distance(distance_m) }), t("{age} ago", { age: ago(incident.received_at) }), same,
    incident.call_count > 1 && t("{n} calls", { n: incident.call_count })].filter(Boolean).join(" · ");
}

/** nearbyBox({link(incident), look(incident)}) → {node, show(place, kind), clear(), first()} */
export function nearbyBox({ link, look }) {
  const node = el("section", { class: "nearby", hidden: true, "aria-live": "polite" });
  let items = [];
  let asked = 0;

  function draw(kind) {
    node.hidden = items.length === 0;
    fill(node, el("h3", {}, icon("duplicate"), items.length === 1 ? t("One open incident is near: the same one?") : t("{n} open incidents are near: one of these?", { n: items.length })),
      items.slice(0, SHOWN).map((found, i) => el("div", { class: "nearby-row" },
        el("div", { class: "row" }, icon(iconName(found.incident.icon)),
          el("button", { type: "button", class: "button button-quiet", onclick: () => look(found.incident) },
            el("strong", {}, localName(found.incident, "kind_name")))),
        el("p", {}, `${statusName("incident", found.incident.status)} · ${reasons(found, kind)}`),
        button(t("Same"), () => link(found.incident), { icon: "link", key: i === 0 ? "F9" : null, title: t("Add this call to {number}", { number: found.incident.number }) }))));
  }

  return {
    node,
    async show(place, kind) {
      const turn = ++asked;
      try {
        const found = (await api.get("/incidents/nearby", { lon: place.lon, lat: place.lat, kind })).items;
        if (turn !== asked) return;
        items = found;
        draw(kind);
      } catch (problem) {
        toastProblem(problem);
      }
    },
    clear() {
      asked += 1;
      items = [];
      draw(null);
    },
    first: () => items[0]?.incident ?? null,
  };
}
