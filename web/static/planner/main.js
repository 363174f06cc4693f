/** The planner's page: a period and a kind are chosen, everything else follows. */
import { api, getReference } from "../shared/api.js";
import { el, fill, find } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { statusName } from "../shared/status.js";
import { cityDay, date, midnight } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { barList, hoursChart, trendChart, trendKey } from "./charts.js";
import { monthDownloads, periodDownloads } from "./downloads.js";
import { cards, districtTable, intervalTable, percent } from "./figures.js";
import { mapLayers } from "../map/layers.js";
import { addDays, periodPicker } from "./period.js";
import { reachView } from "./reach.js";
import { whereMap } from "./where.js";

const REFRESH_MS = 60_000;

const address = new URLSearchParams(location.search);
const MODES = [["heat", t("Density")], ["points", t("Incidents")], ["reach", t("Reach")]];
const chosen = { period: null, kind: address.get("kind") ?? "", mode: MODES.find(([mode]) => mode === address.get("map"))?.[0] ?? "heat" };
const reference = await getReference();
const map = whereMap(find("#map"), find("#map-legend"), find("#map-empty"));
const reach = await reachView(map.map, find("#reach"), find("#map-legend"));
mapLayers(map.map).catch(toastProblem);
let heat = null;
let asked = 0;

const parameters = () => ({ from: midnight(chosen.period.first), to: midnight(chosen.period.after), kind: chosen.kind });

function remember() {
  const { name, first, after } = chosen.period;
  const state = { period: name, kind: chosen.kind, map: chosen.mode, ...(name === "custom" ? { first, last: addDays(after, -1) } : {}) };
  history.replaceState(null, "", `?${new URLSearchParams(Object.entries(state).filter(([, value]) => value))}`);
}

async function load() {
  const mine = ++asked;
  remember();
  find("#cards").setAttribute("aria-busy", "true");
  try {
    const [data, newHeat] = await Promise.all([api.get("/statistics", parameters()), api.get("/heat", parameters())]);
    if (mine !== asked) return; // a later choice is on its way
    heat = newHeat;
    show(data);
  } catch (problem) {
    toastProblem(problem);
  } finally {
    if (mine === asked) find("#cards").setAttribute("aria-busy", "false");
  }
}

function note(sample) {
  if (sample.city) return t("Sample city: these incidents are simulated.");
  if (!sample.left_out_incidents && !sample.left_out_calls) return "";
  return t("Left out: {calls} simulated calls and {incidents} simulated incidents.", { calls: sample.left_out_calls, incidents: sample.left_out_incidents });
}

function show(data) {
  const last = addDays(chosen.period.after, -1);
  const noon = (day) => `${midnight(day).slice(0, 10)}T12:00:00${midnight(day).slice(19)}`;
  fill(find("#span"), chosen.period.first === last ? date(noon(last)) : `${date(noon(chosen.period.first))} – ${date(noon(last))}`);
  const said = note(data.sample);
  find("#note").hidden = !said;
  find("#note").textContent = said;
  fill(find("#cards"), cards(data));
  fill(find("#hours"), hoursChart(data.hours));
  find("#trend-title").textContent = data.trend_step === "month" ? t("Month by month") : t("Day by day");
  fill(find("#trend"), trendChart(data.trend, data.trend_step, data.target_s), data.incidents.handled ? trendKey(data.target_s) : null);
  fill(find("#kinds"), barList(data.by_kind.map((kind) => ({
    name: localName(kind), count: kind.count, said: t("{share} in time", { share: percent(kind.within_target) }) }))));
  fill(find("#calls"), barList(Object.entries(data.calls.by_disposition).sort(([, a], [, b]) => b - a).map(([code, count]) => ({
    name: code === "open" ? t("Not closed yet") : statusName("disposition", code), count, said: percent(count / data.calls.total) }))));
  fill(find("#intervals"), intervalTable(data));
  fill(find("#districts"), districtTable(data));
  periodDownloads(find("#period-downloads"), parameters(), `incidents-${chosen.period.first}`, heat.points);
  showMap();
}

function showMap() {
  for (const one of find("#map-mode").querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.mode === chosen.mode));
  const look = { mode: chosen.mode, target_s: reference.total_response_target_s, kinds: reference.kinds };
  if (chosen.mode === "reach") {
    if (heat) map.underlay(heat, look);
    reach.enter(heat?.points ?? []);
  } else {
    reach.leave();
    if (heat) map.show(heat, look);
  }
}

function chooseMode(mode) {
  chosen.mode = mode;
  remember();
  showMap();
}

fill(find("#map-mode"), el("div", { class: "segments", role: "group", "aria-label": t("Show on the map") },
  MODES.map(([mode, label]) => el("button", {
    type: "button", dataset: { mode }, onclick: () => chooseMode(mode) }, label))));

const kinds = reference.kinds.filter((kind) => kind.emergency !== false);
fill(find("#kind"), el("option", { value: "" }, t("All kinds")), kinds.map((kind) => el("option", { value: kind.code },
  (kind.parent_code ?? (kind.code.includes(".") || null)) ? `– ${localName(kind)}` : localName(kind))));
find("#kind").value = chosen.kind;
find("#kind").addEventListener("change", (event) => {
  chosen.kind = event.target.value;
  load();
});

const month = find("#month");
month.value = addDays(`${cityDay().slice(0, 7)}-01`, -1).slice(0, 7);
month.max = cityDay().slice(0, 7);
const showMonth = () => monthDownloads(find("#month-downloads"), month.value);
month.addEventListener("input", showMonth);
showMonth();

keys({
  K: { run: () => find("#kind").focus(), label: t("Choose a kind") },
  M: { run: () => chooseMode(MODES[(MODES.findIndex(([mode]) => mode === chosen.mode) + 1) % MODES.length][0]), label: t("Density, incidents or reach on the map") },
  J: { run: () => { chooseMode("reach"); find("#reach-station").focus(); }, label: t("What a station reaches") },
});
periodPicker(find("#period"), { name: address.get("period") ?? "month", first: address.get("first"), last: address.get("last") }, (period) => {
  chosen.period = period;
  load();
});

// What is looked at may still be happening: counted again each minute while somebody is looking.
setInterval(() => {
  if (!document.hidden) load();
}, REFRESH_MS);
document.body.dataset.ready = "yes";
