/** Closing a road from the desk: draw it, say why, and every ranking that is open counts with it. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { el, fill, icon, button } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast, toastProblem } from "../shared/toast.js";
import { closureLabel, closureLayer, drawClosure } from "../map/closures.js";
import { pickRoad, roadName } from "../map/road_pick.js";

const EFFECTS = () => [["closed", t("Closed to everyone")], ["depth", t("Under water, by depth")], ["slowed", t("Slow, by speed")]];
const HOURS = () => [["", t("Until somebody opens it")], ["1", t("1 hour")], ["3", t("3 hours")], ["12", t("12 hours")]];

function question(geometry, text = "") {
  return ask({
    title: t("Close this road"), icon: "closed-road", confirm: t("Close the road"), text,
    fields: [
      { name: "reason", label: t("Reason"), required: true, hint: t("It is read out beside every detour, for example: banjir.") },
      { name: "effect", label: t("For whom"), type: "select", options: EFFECTS(), value: "closed" },
      { name: "amount", label: t("Depth in cm, or speed in km/h"), type: "number", min: 1, step: 1,
        hint: t("Only for water or slow traffic.") },
      { name: "hours", label: t("How long"), type: "select", options: HOURS(), value: "" },
    ],
    submit: (data) => api.post("/closures", feature(geometry, data)),
  });
}

function feature(geometry, { reason, effect, amount, hours }) {
  const properties = { reason, effect: effect === "slowed" ? "slowed" : "closed" };
  if (effect === "depth") properties.depth_cm = amount;
  if (effect === "slowed") properties.speed_kph = amount;
  if (hours) properties.ends_at = new Date(Date.now() + Number(hours) * 3600e3).toISOString();
  return { type: "Feature", geometry, properties };
}

const lift = (closure) => ask({
  title: t("Open this road again"), icon: "road", text: closureLabel(closure.properties), confirm: t("Open the road"),
  submit: async () => { await api.post(`/closures/${closure.id}/lift`); toast(t("The road is open again."), "good"); return true; },
});

const list = (features) => el("details", { class: "closure-list" },
  el("summary", { class: "closure-count" }, icon("closed-road"), t("{n} closures", { n: features.length }), icon("chevron-down")),
  el("ul", {}, features.map((f) => el("li", {}, el("span", {}, closureLabel(f.properties)), button(t("Open again"), () => lift(f))))));

/** Put the closures on the map and their list and buttons into `root`; answers {load, draw, pick, drawn}. */
export function closureDesk(map, root) {
  let drawing = false;
  const layer = closureLayer(map, { onPick: (closure) => { if (!drawing) lift(closure); } });

  async function load() {
    const collection = await api.get("/closures", { active: true });
    layer.set(collection);
    const { features } = collection;
    fill(root, features.length ? list(features) : el("span", { class: "closure-count" }, icon("road"), t("No closures")),
      el("span", { class: "muted", id: "close-by" }, t("Close:")),
      [[t("a road"), "F9", () => pick()], [t("an area"), "F6", () => draw("polygon")], [t("along a line"), "F7", () => draw("line")]]
        .map(([words, key, run]) => button(words, run, { key, id: `close-${key}`, "aria-labelledby": `close-by close-${key}` })));
  }

  /** One drawing at a time; `make` answers what the question is about, or null when it was given up. */
  async function begin(make) {
    if (drawing) return;
    drawing = true;
    try {
      const made = await make();
      if (made) await question(...made);
    } catch (problem) {
      toastProblem(problem);
    } finally {
      drawing = false;
    }
  }

  const draw = (kind, { keyboard = false } = {}) => begin(async () => {
    const geometry = await drawClosure(map, kind, { keyboard });
    return geometry && [geometry];
  });
  // The line goes back exactly as the roads gave it: that closes this road and no other.
  const pick = () => begin(async () => {
    const road = await pickRoad(map);
    return road && [road.geometry, roadName(road)];
  });
  return { load, draw, pick, drawn: layer };
}
