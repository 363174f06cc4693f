/** Stations on the map: add by a click or by coordinates, drag, edit, take out of use. */
import { api, getReference } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast } from "../shared/toast.js";
import { createMap, showPlaces } from "../map/map.js";
import { act, head, options, sampleMark } from "./lists.js";
import { STATION_KINDS, stationIcon, stationKind } from "./words.js";

// One map for as long as the page is open: coming back to it costs nothing.
const mapNode = el("div", { class: "map" });
const pins = new Map();
let map = null;

const small = (drawing, words, run) => button("", run, { icon: drawing, tone: "quiet", class: "button-icon", title: words, "aria-label": words });

export async function show(box) {
  const [agencies] = await Promise.all([api.get("/agencies"), getReference()]);
  const short = new Map(agencies.items.map((row) => [row.code, row.short_name]));
  const rows = el("div", { class: "admin-list" });
  let stations = [];
  let wanted = "";
  let adding = false;

  const fields = (station) => [
    { name: "name", label: t("Name"), required: true, value: station.name ?? "" },
    { name: "kind", label: t("Kind"), type: "select", value: station.kind ?? "fire_station", options: Object.entries(STATION_KINDS).map(([code, [words]]) => [code, words]) },
    { name: "agency_code", label: t("Agency"), type: "select", value: station.agency_code ?? "damkar", options: options(agencies.items.filter((row) => row.active), "code", (row) => row.short_name) },
    { name: "address", label: t("Address"), value: station.address ?? "" },
    { name: "lon", label: t("Longitude"), type: "number", step: "any", required: true, value: station.lon ?? "" },
    { name: "lat", label: t("Latitude"), type: "number", step: "any", required: true, value: station.lat ?? "" },
  ];
  async function add(place) {
    setAdding(false);
    const made = await ask({ title: t("New station"), icon: "station", confirm: t("Add"), fields: fields(place), submit: (data) => api.post("/stations", data) });
    if (made) await reload(made.id);
  }
  async function edit(station) {
    const done = await ask({ title: station.name, icon: "edit", confirm: t("Save"), fields: fields(station), submit: (data) => api.patch(`/stations/${station.id}`, data) });
    if (done) await reload(station.id);
  }
  async function remove(station) {
    const done = await ask({ title: t("Take {name} out of use?", { name: station.name }), icon: "trash", danger: true, confirm: t("Take out of use"),
      text: t("Units that are based there must be moved first."), submit: async () => { await api.del(`/stations/${station.id}`); return true; } });
    if (done) await reload();
  }
  async function moved(station, latlng) {
    const place = { lon: Number(latlng.lng.toFixed(7)), lat: Number(latlng.lat.toFixed(7)) };
    await act(() => api.patch(`/stations/${station.id}`, place), null, () => reload());
    const note = toast(t("{name} was moved.", { name: station.name }), "good");
    note.querySelector("p").append(" ", button(t("Undo"), () => {
      note.remove();
      act(() => api.patch(`/stations/${station.id}`, { lon: station.lon, lat: station.lat }), null, () => reload());
    }, { icon: "back" }));
  }

  function setAdding(yes) {
    adding = yes;
    mapNode.classList.toggle("is-adding", yes);
    if (yes) toast(t("Click on the map where the station is."), "info");
  }
  function pick(station, { look = false } = {}) {
    for (const [id, pin] of pins) pin.node.classList.toggle("is-picked", id === station.id);
    for (const row of rows.children) row.classList.toggle("is-picked", row.dataset.id === String(station.id));
    rows.querySelector(".is-picked")?.scrollIntoView({ block: "nearest" });
    if (look) map.setView([station.lat, station.lon], Math.max(map.getZoom(), 16));
  }
  function drawPins() {
    for (const pin of pins.values()) pin.marker.remove();
    pins.clear();
    for (const station of stations) {
      const node = el("div", { class: "station-pin", title: station.name }, icon(stationIcon(station.kind)));
      const marker = L.marker([station.lat, station.lon], { draggable: true, autoPan: true, alt: station.name, icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }) })
        .on("click", () => pick(station)).on("dragend", () => moved(station, marker.getLatLng())).addTo(map);
      pins.set(station.id, { marker, node });
    }
  }
  function drawRows() {
    const found = stations.filter((one) => `${one.name} ${short.get(one.agency_code)} ${stationKind(one.kind)} ${one.address ?? ""}`.toLowerCase().includes(wanted));
    fill(rows, found.length ? found.map((station) => el("div", { class: "station-row", dataset: { id: station.id } },
      icon(stationIcon(station.kind), { large: true }),
      el("span", {}, el("strong", {}, station.name), " ", sampleMark(station),
        el("small", {}, [stationKind(station.kind), short.get(station.agency_code), t("{n} units", { n: station.unit_count })].join(" · "))),
      el("span", { class: "actions" },
        small("crosshair", t("Show {name} on the map", station), () => pick(station, { look: true })),
        small("edit", t("Edit {name}", station), () => edit(station)),
        small("trash", t("Remove {name}", station), () => remove(station)))))
      : el("p", { class: "empty" }, t("There are no stations yet.")));
  }
  async function reload(picked = null) {
    stations = (await api.get("/stations")).items;
    drawRows();
    drawPins();
    const station = stations.find((one) => one.id === picked);
    if (station) pick(station, { look: true });
  }

  fill(box, head({ title: t("Stations"), filter: (text) => { wanted = text; drawRows(); },
    extra: button(t("By coordinates"), () => add({}), { icon: "edit" }), add: { label: t("On the map"), run: () => setAdding(!adding) },
    note: t("Drag a station to move it. Its units start from there when they have sent no position.") }),
  el("div", { class: "admin-map" }, mapNode, rows));
  const isNew = map === null;
  map ??= createMap(mapNode);
  map.off("click").on("click", (event) => { if (adding) add({ lon: Number(event.latlng.lng.toFixed(7)), lat: Number(event.latlng.lat.toFixed(7)) }); });
  await reload();
  // It has no size before it is on the page; only then can the stations be brought into view.
  if (isNew) map.once("resize", () => showPlaces(map, stations));
  return { leave: () => setAdding(false) };
}
