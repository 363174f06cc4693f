/* Put into a page by bench/live_screen.py: a map over the page, units that move on it, and a count of frames. */
async () => {
  const CENTRE = [11.967, 57.709];
  const SPAN_DEG = [0.075, 0.04];
  const BATCH_MS = 500;
  const ICONS = ["engine", "ambulance", "patrol", "motorcycle", "truck", "tanker"];
  const STATES = ["dispatched", "en_route", "on_scene", "transporting", null, null];
  const { createMap } = await import("/static/map/map.js");
  const { unitLayer } = await import("/static/map/units.js");
  const bench = { feed: 0, running: null };
  window.bench = bench;

  const box = document.createElement("div");
  box.className = "map";
  Object.assign(box.style, { position: "fixed", inset: 0, zIndex: 99 });
  document.body.append(box);
  const map = createMap(box, { center: { lon: CENTRE[0], lat: CENTRE[1] }, zoom: 13 });

  /** Cars that drive on, turn now and then, and report every 2 to 5 seconds in the shape of `positions`. */
  function fleet(count) {
    const units = Array.from({ length: count }, (_, i) => ({
      unit_id: i + 1, call_sign: `Uji ${i + 1}`, agency_code: "damkar", icon: ICONS[i % ICONS.length], duty: "available",
      assignment_status: STATES[i % STATES.length], lon: CENTRE[0] + (Math.random() * 2 - 1) * SPAN_DEG[0],
      lat: CENTRE[1] + (Math.random() * 2 - 1) * SPAN_DEG[1], accuracy_m: 8, speed_kph: 20 + Math.random() * 50,
      heading_deg: Math.random() * 360, battery_percent: 80, source: "device", eta: null,
      every_ms: 2000 + Math.random() * 3000, due_ms: Math.random() * 5000, told_ms: 0 }));
    return (now_ms) => units.filter((unit) => now_ms >= unit.due_ms).map((unit) => {
      const metres = (unit.speed_kph / 3.6) * ((now_ms - unit.told_ms) / 1000);
      const heading = (unit.heading_deg * Math.PI) / 180;
      unit.lat += (metres * Math.cos(heading)) / 111320;
      unit.lon += (metres * Math.sin(heading)) / (111320 * Math.cos((unit.lat * Math.PI) / 180));
      if (Math.random() < 0.1) unit.heading_deg = (unit.heading_deg + 90) % 360;
      unit.due_ms = now_ms + unit.every_ms;
      unit.told_ms = now_ms;
      const { every_ms, due_ms, told_ms, ...item } = unit;
      return { ...item, recorded_at: new Date().toISOString(), received_at: new Date().toISOString() };
    });
  }

  /** What draws: ours, plain circle markers on Leaflet's canvas that glide alike, or an empty canvas. */
  const makers = {
    ours() {
      const layer = unitLayer(map);
      return { update: (items) => layer.update(items), frame: null, click: true, remove: () => layer.remove() };
    },
    "ours, every frame drawn"() {
      const layer = unitLayer(map);
      return { update: (items) => layer.update(items), frame: () => layer.drawNow(), remove: () => layer.remove() };
    },
    "Leaflet circleMarker on canvas"() {
      const [renderer, group, shown] = [L.canvas(), L.layerGroup().addTo(map), new Map()];
      return {
        update(items) {
          for (const { unit_id, lon, lat } of items) {
            let unit = shown.get(unit_id);
            if (!unit) shown.set(unit_id, (unit = { marker: L.circleMarker([lat, lon], { renderer, radius: 6 }).addTo(group), to: [lat, lon] }));
            const { lat: y, lng: x } = unit.marker.getLatLng();
            Object.assign(unit, { from: [y, x], to: [lat, lon], at: performance.now() });
          }
        },
        frame(now) {
          for (const { marker, from, to, at } of shown.values()) {
            const part = Math.min(1, (now - at) / 1000);
            marker.setLatLng([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]);
          }
        },
        remove() { group.remove(); renderer.remove(); },
      };
    },
    "empty canvas"() {
      const canvas = document.createElement("canvas");
      canvas.width = innerWidth;
      canvas.height = innerHeight;
      Object.assign(canvas.style, { position: "fixed", inset: 0, zIndex: 100, pointerEvents: "none" });
      document.body.append(canvas);
      const ctx = canvas.getContext("2d");
      let x = 0;
      return { update() {}, frame() { ctx.clearRect(0, 0, canvas.width, canvas.height); ctx.fillRect((x += 1) % canvas.width, 9, 9, 9); }, remove: () => canvas.remove() };
    },
  };

  bench.start = (what, count) => {
    const began = performance.now();
    map.setView([CENTRE[1], CENTRE[0]], 13, { animate: false }); // a click before has followed a unit away
    const drawing = makers[what]();
    const next = fleet(count);
    const feed = () => drawing.update(JSON.parse(JSON.stringify(next(performance.now() - began))));
    const timer = setInterval(feed, BATCH_MS);
    const frames = [];
    let frame = requestAnimationFrame(function step(now) {
      frames.push(now);
      drawing.frame?.(now);
      frame = requestAnimationFrame(step);
    });
    bench.running = {
      frames: () => frames.splice(0),
      stop() {
        clearInterval(timer);
        cancelAnimationFrame(frame);
        drawing.remove();
      },
    };
  };

  /** From the click of the mouse to the picture after the card has opened. */
  bench.clicked = () => new Promise((resolve) => {
    box.addEventListener("click", (event) => {
      const began = event.timeStamp;
      requestAnimationFrame(() => requestAnimationFrame((now) => {
        const card = box.querySelector(".unit-card:not([hidden])");
        resolve(card ? now - began : null);
      }));
    }, { capture: true, once: true });
  });
  bench.spot = () => {
    const { left, top } = box.getBoundingClientRect();
    const row = box.querySelector(".unit-list li");
    const at = map.latLngToContainerPoint([Number(row.dataset.lat), Number(row.dataset.lon)]);
    return [left + at.x, top + at.y];
  };
}
