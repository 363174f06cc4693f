/** What is known of the chosen unit, on the map; whether the map follows it; the way to its trail. */
import { button, el, fill, icon } from "../shared/dom.js";
import { etaLine } from "../shared/eta.js";
import { t } from "../shared/i18n.js";
import { iconName, unitBadge, unitState } from "../shared/status.js";
import { ago } from "../shared/time.js";

const WINDS = [t("north"), t("north-east"), t("east"), t("south-east"), t("south"), t("south-west"), t("west"), t("north-west")];
const TRAILS = [[0, t("none")], [15, t("15 minutes")], [60, t("1 hour")], [240, t("4 hours")]];
const MOVING_KPH = 2;
const LOW_BATTERY_PERCENT = 20;

const wind = (heading_deg) => WINDS[Math.round(heading_deg / 45) % 8];

/** "43 km/h to the north-east · 12 s ago", "at its post": only what is known. */
function facts(item) {
  const { speed_kph, heading_deg } = item;
  const moving = (speed_kph ?? 0) > MOVING_KPH;
  const speed = !moving ? (speed_kph === null || speed_kph === undefined ? "" : t("standing"))
    : Number.isFinite(heading_deg) ? t("{speed} km/h to the {wind}", { speed: Math.round(speed_kph), wind: wind(heading_deg) })
      : `${Math.round(speed_kph)} km/h`;
  const age = item.recorded_at ? t("{age} ago", { age: ago(item.recorded_at) }) : t("shown at its post: no position yet");
  const exact = item.accuracy_m ? `±\u00a0${Math.round(item.accuracy_m)}\u00a0m` : "";
  const battery = (item.battery_percent ?? 100) > LOW_BATTERY_PERCENT ? "" : t("battery {percent} %", { percent: item.battery_percent });
  return [speed, age, exact, battery].filter(Boolean).join(" · ");
}

/** unitCard(map, {where(), follow, trail, letGo(), showTrail(minutes)}) → {open(), close(), tell(), remove()} */
export function unitCard(map, { where, follow, trail, letGo, showTrail }) {
  const head = el("header", { class: "unit-card-head" });
  const said = el("p", { class: "unit-card-facts" });
  const eta = el("p", { class: "unit-card-eta" });
  const following = el("p", { class: "unit-card-following", role: "status" });
  const followButton = button(t("Follow"), () => (follow.on ? follow.stop() : follow.start()), { icon: "crosshair" });
  const span = el("select", { class: "input", onchange: () => (Number(span.value) ? showTrail(Number(span.value)) : trail.hide()) },
    TRAILS.map(([minutes, words]) => el("option", { value: minutes }, words)));
  const root = el("section", { class: "unit-card", "aria-label": t("The chosen unit"), hidden: true },
    head, said, eta, el("div", { class: "unit-card-acts" }, followButton, el("label", {}, icon("road"), " ", t("Trail"), " ", span)), following);
  L.DomEvent.disableClickPropagation(root);
  L.DomEvent.disableScrollPropagation(root);
  map.getContainer().append(root);
  let look = "";

  function tell() {
    const item = where();
    if (!item) return;
    const face = `${item.unit_id}|${unitState(item).code}|${item.eta?.arrives_at ?? ""}`;
    if (face !== look) {
      look = face;
      fill(head, icon(iconName(item.icon, "truck"), { large: true }), el("strong", {}, item.call_sign), unitBadge(item),
        el("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Close"), title: "Esc", onclick: letGo }, icon("cross")));
      fill(eta, item.assignment_status === "en_route" && etaLine(item.unit_id, item.eta));
    }
    const words = facts(item);
    if (said.textContent !== words) said.textContent = words;
    followButton.setAttribute("aria-pressed", String(follow.on));
    const told = follow.on ? t("The map follows {unit}. Move the map or press Esc to stop.", { unit: item.call_sign }) : "";
    if (following.textContent !== told) following.textContent = told;
    span.value = String(trail.minutes);
  }

  return {
    open() {
      root.hidden = false;
      tell();
    },
    close() { root.hidden = true; },
    tell,
    remove() { root.remove(); },
  };
}
