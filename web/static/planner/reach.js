/** What a station, or any place, reaches by road within some minutes, and how many of the period's incidents lie in it. */
import { api, getReference } from "../shared/api.js";
import { debounce, el, fill, icon } from "../shared/dom.js";
import { number, t, distance } from "../shared/i18n.js";
import { profileCodes, profileName } from "../shared/names.js";
import { BANDS, inside, reachLayer, swatch } from "./reach_layer.js";

const MINUTES = [5, 10, 15];
const USUAL = "engine";
const TURNOUT_S = 80;

const field = (id, label, control) => el("div", { class: "field" }, el("label", { for: id }, label), control);

/** reachView(map, form, legend) → {enter(points), leave()} */
export async function reachView(map, form, legend) {
  const [{ items: stations }, { unit_types: types }] = await Promise.all([api.get("/stations"), getReference()]);
  const layer = reachLayer(map);
  let points = [];
  let found = null;
  let place = null;
  let active = false;
  let asked = 0;

  const station = el("select", { id: "reach-station", onchange: () => { place = stations.find((s) => String(s.id) === station.value) ?? null; ask(); } },
    el("option", { value: "" }, t("A place on the map: click it")), stations.map((s) => el("option", { value: s.id }, s.name)));
  const codes = profileCodes();
  const vehicle = el("select", { id: "reach-vehicle", onchange: () => { turnout.value = usualTurnout(); ask(); } },
    codes.map((code) => el("option", { value: code }, profileName(code))));
  vehicle.value = codes.includes(USUAL) ? USUAL : codes[0] ?? "";
  const usualTurnout = () => types.filter((type) => type.profile === vehicle.value).map((type) => type.turnout_s)
    .sort((a, b) => a - b)[0] ?? TURNOUT_S;
  const turnout = el("input", { id: "reach-turnout", type: "number", min: 0, max: 1800, step: 10, value: usualTurnout(), oninput: debounce(() => ask(), 400) });
  const limits = MINUTES.map((m) => el("label", {}, el("input", { type: "checkbox", value: m, checked: true, onchange: () => ask() }), `${m}′`));
  fill(form, field("reach-station", t("From"), station), field("reach-vehicle", t("Vehicle"), vehicle),
    el("div", { class: "field" }, el("span", { class: "field-label", id: "reach-minutes" }, t("Minutes")),
      el("div", { class: "segments", role: "group", "aria-labelledby": "reach-minutes" }, limits)),
    field("reach-turnout", t("Turnout (s)"), turnout));
  form.addEventListener("submit", (event) => event.preventDefault());

  map.on("click", ({ latlng }) => {
    if (!active) return;
    station.value = "";
    place = { lon: latlng.lng, lat: latlng.lat };
    ask();
  });

  const wanted = () => limits.map((label) => label.querySelector("input")).filter((input) => input.checked).map((input) => input.value);
  const title = () => el("strong", {}, station.value ? t("Reach of {station}", { station: station.selectedOptions[0].textContent }) : t("Reach of the place"));

  function say(...inside_) {
    legend.hidden = !active;
    fill(legend, inside_);
  }
  const hint = () => say(el("strong", {}, t("Reach")), el("span", {}, t("Choose a station, or click a place on the map.")));

  /** Ask the roads; a later choice makes this answer worthless. */
  async function ask() {
    const mine = ++asked;
    layer.clear();
    found = null;
    if (!place) return hint();
    if (!wanted().length) return say(title(), el("span", {}, t("Choose at least one number of minutes.")));
    const began = setTimeout(() => { if (mine === asked) say(title(), el("progress", { "aria-label": t("Working out the reach") }), el("span", { role: "status" }, t("Following every street …"))); }, 150);
    try {
      const answer = await api.get("/roads/reach", { lon: place.lon, lat: place.lat, profile: vehicle.value, minutes: wanted().join(","), turnout_s: turnout.value || 0 });
      if (mine !== asked) return undefined;
      found = answer.features;
      if (active) layer.show(found, place);
      drawLegend();
    } catch (problem) {
      if (mine === asked) say(title(), el("span", { class: "tone-red", role: "alert" }, icon("warning"), " ", problem.detail || problem.message));
    } finally {
      clearTimeout(began);
    }
    return undefined;
  }

  function drawLegend() {
    const rows = [...found].reverse().map(({ geometry, properties }, i) => {
      const count = points.filter((point) => inside(geometry, [point.lon, point.lat])).length;
      return el("li", { dataset: { limit: properties.limit_s } }, swatch(BANDS[i]),
        el("span", {}, el("strong", {}, t("within {minutes} min", { minutes: number(properties.limit_s / 60, 1) })),
          el("small", {}, distance(properties.road_length_m), points.length ? [" · ", t("{count} of {all} incidents", { count, all: points.length })] : "")));
    });
    say(title(), el("ul", {}, rows), el("small", {}, t("By today's closures, turnout {seconds} s included.", { seconds: turnout.value || 0 })));
  }

  return {
    /** Reach is what the map shows now, over these incidents of the period. */
    enter(incidents) {
      const again = active;
      points = incidents;
      active = true;
      form.hidden = false;
      if (!found) {
        if (!again) ask();
        return;
      }
      if (!again) layer.show(found, place);
      drawLegend();
    },
    leave() {
      active = false;
      form.hidden = true;
      layer.clear();
    },
  };
}
