/** The operator's pin: one place, dragged or clicked, with a ring as wide as it may be wrong. */
import { el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";

/** pinLayer(map, {onMove({lon, lat})}) → {set(location), clear(), enable(yes)} */
export function pinLayer(map, { onMove }) {
  let marker = null;
  let ring = null;
  let enabled = true;

  const place = (latlng) => onMove({ lon: latlng.lng, lat: latlng.lat });

  function make(latlng) {
    const node = el("div", { class: "pin-marker" }, el("span", { class: "pin-body" }, icon("pin")));
    marker = L.marker(latlng, {
      draggable: true, autoPan: true, zIndexOffset: 2000, alt: t("The place of the emergency"),
      icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }),
    }).addTo(map);
    ring = L.circle(latlng, { radius: 1, className: "pin-accuracy", weight: 2, opacity: 0.9, fillOpacity: 0.12, interactive: false }).addTo(map);
    marker.on("drag", (e) => ring.setLatLng(e.latlng));
    marker.on("dragend", () => place(marker.getLatLng()));
  }

  map.on("click", (event) => { if (enabled) place(event.latlng); });
  // Without a mouse: arrows move the map under the cross in its middle, Enter sets the pin there.
  map.getContainer().append(el("div", { class: "map-crosshair" }, icon("crosshair")));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !enabled || event.target !== map.getContainer()) return;
    event.preventDefault();
    event.stopPropagation();
    place(map.getCenter());
  });

  return {
    set({ lon, lat, accuracy_m = null }) {
      const latlng = L.latLng(lat, lon);
      if (!marker) make(latlng);
      marker.setLatLng(latlng);
      ring.setLatLng(latlng).setRadius(accuracy_m ?? 1);
    },
    clear() {
      marker?.remove();
      ring?.remove();
      marker = ring = null;
    },
    enable(yes) {
      enabled = yes;
      map.getContainer().classList.toggle("is-placing", yes);
      if (marker) marker.dragging[yes ? "enable" : "disable"]();
    },
  };
}
