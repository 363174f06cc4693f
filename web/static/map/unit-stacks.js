/** Units parked at one post stand in rows beside it instead of hiding each other. */

const SAME_PLACE = 1e4; // a ten-thousandth of a degree, about eleven metres
const MOST_COLUMNS = 4;

/** How far apart they stand at a zoom: [across, down], wide enough near by for their names. */
function steps(zoom, size) {
  if (size === "dot") return [9, 9];
  if (size === "small") return [15, 15];
  if (zoom < 14) return [18, 20];
  return zoom < 16 ? [32, 40] : [88, 46];
}

/** Sets dx, dy and stacked of every unit, in pixels from its place. */
export function stack(units, zoom, size) {
  const places = new Map();
  for (const unit of units) {
    [unit.dx, unit.dy, unit.stacked] = [0, 0, false];
    if (!unit.look.parked) continue;
    const key = Math.round(unit.item.lat * SAME_PLACE) * 4e6 + Math.round(unit.item.lon * SAME_PLACE);
    if (places.has(key)) places.get(key).push(unit);
    else places.set(key, [unit]);
  }
  const [across, down] = steps(zoom, size);
  for (const parked of places.values()) {
    if (parked.length < 2) continue;
    const columns = Math.max(Math.min(parked.length, MOST_COLUMNS), Math.ceil(Math.sqrt(parked.length)));
    parked.forEach((unit, i) => {
      unit.stacked = true;
      unit.dx = Math.round(((i % columns) - (columns - 1) / 2) * across);
      unit.dy = Math.floor(i / columns) * down;
    });
  }
}
