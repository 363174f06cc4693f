/** The map keeps one unit in view until somebody moves the map: a hand on the map is always stronger. */

const INNER = 0.25; // of the map's width and height, from each edge

/** unitFollow(map, where() → {lon, lat} | null, changed()) → {start(), stop(), keep(), on, remove()} */
export function unitFollow(map, where, changed) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let [on, ours, zooming] = [false, false, false];

  function turn(yes) {
    if (on === yes) return;
    on = yes;
    changed();
  }

  function keep() {
    const place = where();
    if (!on || zooming || !place) return;
    const size = map.getSize();
    const at = map.latLngToContainerPoint([place.lat, place.lon]);
    if (Math.abs(at.x / size.x - 0.5) < 0.5 - INNER && Math.abs(at.y / size.y - 0.5) < 0.5 - INNER) return;
    ours = true;
    map.panTo([place.lat, place.lon], { animate: !calm, duration: 0.6 });
    ours = false;
  }

  const events = {
    dragstart: () => turn(false),
    zoomstart: () => { zooming = true; },
    movestart: () => { if (!ours && !zooming) turn(false); },
    zoomend: () => {
      zooming = false;
      const place = where();
      // A zoom that leaves the unit behind was meant for somewhere else.
      if (on && place && !map.getBounds().contains([place.lat, place.lon])) turn(false);
    },
  };
  for (const [name, fn] of Object.entries(events)) map.on(name, fn);

  return {
    start() {
      turn(true);
      keep();
    },
    stop: () => turn(false),
    keep,
    get on() { return on; },
    remove() { for (const [name, fn] of Object.entries(events)) map.off(name, fn); },
  };
}
