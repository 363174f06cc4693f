/** Routes on the map: the chosen one bright above its dark casing, the others thin and grey. */

/** routeLayer(map) → {show(route, {selected, key, label, onPick}), select(key), clear(), fit()} */
export function routeLayer(map) {
  const group = L.featureGroup().addTo(map);
  const shown = new Map();

  function draw(entry) {
    entry.casing.setStyle({ opacity: entry.selected ? 0.85 : 0, weight: 10 });
    entry.line.setStyle({ weight: entry.selected ? 6 : 4, opacity: entry.selected ? 1 : 0.7, dashArray: entry.selected ? null : "2 8" });
    const path = entry.line.getElement?.();
    path?.classList.toggle("route", entry.selected);
    path?.classList.toggle("route-other", !entry.selected);
    if (entry.selected) {
      entry.casing.bringToFront();
      entry.line.bringToFront();
    }
  }

  return {
    show(route, { selected = true, key = "route", label = null, onPick = null } = {}) {
      this.hide(key);
      if (!route?.coordinates?.length) return;
      const points = route.coordinates.map(([lon, lat]) => [lat, lon]);
      const casing = L.polyline(points, { interactive: false, className: "route-casing", lineJoin: "round" });
      const line = L.polyline(points, { interactive: Boolean(onPick), className: "route-line", lineJoin: "round" });
      if (label) line.bindTooltip(label, { sticky: true });
      if (onPick) line.on("click", () => onPick(key));
      group.addLayer(casing);
      group.addLayer(line);
      const entry = { casing, line, selected };
      shown.set(key, entry);
      draw(entry);
    },
    select(key) {
      for (const [k, entry] of shown) {
        entry.selected = k === key;
        draw(entry);
      }
      if (shown.has(key)) draw(shown.get(key));
    },
    hide(key) {
      const entry = shown.get(key);
      if (!entry) return;
      group.removeLayer(entry.casing);
      group.removeLayer(entry.line);
      shown.delete(key);
    },
    clear() {
      group.clearLayers();
      shown.clear();
    },
    fit(options = { padding: [60, 60], maxZoom: 16 }) {
      if (shown.size) map.fitBounds(group.getBounds(), options);
    },
  };
}
