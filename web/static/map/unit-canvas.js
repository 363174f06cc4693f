/** One canvas over the map in a pane of its own: follows pans and zooms, and draws only when something changes. */

const PADDING = 0.12;
const FASTEST_MS = 16;
const SLOWEST_MS = 200;
// A step of less than this cannot be seen, so no picture is drawn for it.
const STEP_PX = 0.5;

/** unitCanvas(map, paint(ctx, view, now_ms) → {changing, fastest_px_s}) → {wake(), draw(), at(event), show(visible), remove()} */
export function unitCanvas(map, paint) {
  const pane = map.getPane("units") ?? map.createPane("units");
  pane.classList.add("units-pane");
  const canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated units-canvas", pane);
  const ctx = canvas.getContext("2d");
  const drawn = { zoom: map.getZoom(), corner: map.getCenter() };
  let [frame, timer, zooming, visible] = [0, 0, false, true];

  /** Where the canvas lies now, and how a place in the world becomes a pixel of it. */
  function view() {
    const size = map.getSize();
    const pad = size.multiplyBy(PADDING).round();
    const corner = map.containerPointToLayerPoint([0, 0]).subtract(pad).round();
    const dpr = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [size.x + 2 * pad.x, size.y + 2 * pad.y];
    const origin = map.getPixelOrigin().add(corner);
    return { corner, width, height, dpr, pad, zoom: map.getZoom(), scale: map.options.crs.scale(map.getZoom()), x: origin.x, y: origin.y };
  }

  function draw(now_ms = performance.now()) {
    const here = view();
    if (canvas.width !== here.width * here.dpr || canvas.height !== here.height * here.dpr) {
      canvas.width = here.width * here.dpr;
      canvas.height = here.height * here.dpr;
      canvas.style.width = `${here.width}px`;
      canvas.style.height = `${here.height}px`;
    } else ctx.clearRect(0, 0, canvas.width, canvas.height);
    L.DomUtil.setTransform(canvas, here.corner, 1);
    drawn.zoom = here.zoom;
    drawn.corner = map.layerPointToLatLng(here.corner);
    return paint(ctx, here, now_ms);
  }

  function step(now_ms) {
    frame = 0;
    if (!visible || zooming || document.hidden) return;
    const { changing, fastest_px_s } = draw(now_ms);
    if (!changing) return;
    const wait_ms = Math.min(SLOWEST_MS, (1000 * STEP_PX) / Math.max(fastest_px_s, 0.01));
    if (wait_ms <= 2 * FASTEST_MS) frame = requestAnimationFrame(step);
    else timer = setTimeout(() => { timer = 0; wake(); }, wait_ms - FASTEST_MS);
  }

  /** Something has changed: draw soon. */
  function wake() {
    if (frame || !visible || document.hidden) return;
    clearTimeout(timer);
    timer = 0;
    frame = requestAnimationFrame(step);
  }

  /** While a zoom goes on, the last picture is stretched along with the map. */
  function stretch(center, zoom) {
    const middle = map.project(center, zoom).subtract(map.getSize().divideBy(2));
    const corner = map.project(drawn.corner, zoom).subtract(middle).add(map.containerPointToLayerPoint([0, 0]));
    L.DomUtil.setTransform(canvas, corner, map.getZoomScale(zoom, drawn.zoom));
  }

  const events = {
    zoomstart: () => { zooming = true; },
    zoomanim: (event) => stretch(event.center, event.zoom),
    zoom: () => { if (zooming) stretch(map.getCenter(), map.getZoom()); },
    zoomend: () => { zooming = false; wake(); },
    "moveend viewreset resize": wake,
  };
  for (const [names, fn] of Object.entries(events)) map.on(names, fn);
  document.addEventListener("visibilitychange", wake);

  return {
    wake,
    draw,
    /** The pixel of the canvas under a mouse event. */
    at: (event) => map.mouseEventToLayerPoint(event).subtract(map.latLngToLayerPoint(drawn.corner)),
    show(yes) {
      visible = yes;
      canvas.hidden = !yes;
      wake();
    },
    remove() {
      for (const [names, fn] of Object.entries(events)) map.off(names, fn);
      document.removeEventListener("visibilitychange", wake);
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      visible = false;
      canvas.remove();
    },
  };
}
