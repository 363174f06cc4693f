/** Names beside units: the most important first, and none where it would lie over another one. */
import { ageOf, etaOf } from "./unit-looks.js";

const FONT = '"Inter Variable", system-ui, sans-serif';
const LINE_PX = 19;
const PAD_PX = 6;
const MOST = 250;
const CELL_PX = 64;

/** What a label says: the call sign, how old its place is, and when it arrives. */
function wordsOf(unit) {
  const { item, look } = unit;
  const age = ageOf(item, look.idle);
  const eta = etaOf(item);
  return { sign: item.call_sign, age: age.words, old: age.old, eta: eta?.words ?? "", etaOld: eta?.old ?? false, idle: look.idle };
}

/** The label as a picture, kept on the unit until its words change. */
export function labelOf(unit, sprites) {
  const words = wordsOf(unit);
  const key = JSON.stringify(words);
  if (unit.label?.key === key && unit.label.made === sprites.made) return unit.label;
  const lines = [[[words.sign, `${words.idle ? 600 : 700} 14px ${FONT}`, "text"],
    ...(words.age ? [[` ${words.age}`, `${words.old ? 700 : 500} 14px ${FONT}`, words.old ? "amber" : "text-2"]] : [])]];
  if (words.eta) lines.push([[words.eta, `${words.etaOld ? 500 : 650} 14px ${FONT}`, words.etaOld ? "text-3" : "action"]]);
  const measure = sprites.picture(1, 1, 1, 1, () => {}).canvas.getContext("2d");
  const widths = lines.map((line) => line.reduce((sum, [text, font]) => {
    measure.font = font;
    return sum + measure.measureText(text).width;
  }, 0));
  const [width, height] = [Math.max(...widths) + 2 * PAD_PX, lines.length * LINE_PX];
  const picture = sprites.picture(width / 2, 0, width / 2, height, (ctx) => {
    Object.assign(ctx, { fillStyle: sprites.colour("surface"), globalAlpha: 0.9, textBaseline: "middle" });
    ctx.beginPath();
    ctx.roundRect(-width / 2, 0, width, height, 4);
    ctx.fill();
    ctx.globalAlpha = 1;
    lines.forEach((line, row) => {
      let x = -widths[row] / 2;
      for (const [text, font, colour] of line) {
        Object.assign(ctx, { font, fillStyle: sprites.colour(colour) });
        ctx.fillText(text, x, (row + 0.5) * LINE_PX);
        x += ctx.measureText(text).width;
      }
    });
  });
  unit.label = { ...picture, key, made: sprites.made, width, height };
  return unit.label;
}

/** Where labels already lie; asked by small cells, so that thousands cost no more than their neighbours. */
class Ground {
  constructor() {
    this.cells = new Map();
  }

  /** Takes the place if it is free. */
  take(left, top, right, bottom) {
    const over = [];
    for (let x = Math.floor(left / CELL_PX); x <= Math.floor(right / CELL_PX); x += 1) {
      for (let y = Math.floor(top / CELL_PX); y <= Math.floor(bottom / CELL_PX); y += 1) over.push(x * 4096 + y);
    }
    const meets = (box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1];
    if (over.some((cell) => this.cells.get(cell)?.some(meets))) return false;
    for (const cell of over) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push([left, top, right, bottom]);
    }
    return true;
  }
}

/**
 * Which of these units carry their name. `rank(unit)` is null for none, else smaller is more important; who had
 * a name keeps it against an equal. A rank below zero is always named.
 */
export function placeLabels(units, rank, sprites) {
  const wanting = units.map((unit) => ({ unit, rank: rank(unit) })).filter((one) => one.rank !== null)
    .sort((a, b) => a.rank - b.rank || Number(b.unit.labelled) - Number(a.unit.labelled)).slice(0, MOST);
  units.forEach((unit) => { unit.labelled = false; });
  const ground = new Ground();
  for (const one of wanting) {
    const { width, height } = labelOf(one.unit, sprites);
    const { px, py, below } = one.unit;
    const free = ground.take(px - width / 2, py + below, px + width / 2, py + below + height);
    one.unit.labelled = free || one.rank < 0;
  }
}
