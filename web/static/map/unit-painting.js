/** One picture of all units in view: how big each is drawn, in which order, with which names. */
import { fadeOf } from "./unit-looks.js";
import { labelOf, placeLabels } from "./unit-labels.js";
import { stack } from "./unit-stacks.js";

// How much of the map bodies may cover before they are drawn smaller; the way back needs a little more room.
const COVERS = [["full", 34 * 34, 0.85], ["small", 18 * 18, 1.2]];
const ROOM = 0.85;
const CALM_EVERY_MS = 500; // names and ages change no oftener
const FAR_BELOW_ZOOM = 14;
const NEAR_FROM_ZOOM = 16;
const SHOWN_GUESS_PX = 5;
const BELOW = { active: 19, idle: 16, far: 13, small: 11, dot: 7 };
const REACH = { active: 20, idle: 18, far: 15, small: 12, dot: 9 };
const MARGIN_PX = 40;
const DOT_PX = 4;
const FADED_DOT = 0.5;

export class Painting {
  constructor(sprites) {
    this.sprites = sprites;
    this.inView = [];
    this.crowd = "full";
    this.calmUntil_ms = 0;
    this.stacked = "";
  }

  /** What was known about places and names is out of date: units came, went, parked or changed. */
  forget() {
    this.stacked = "";
    this.calmUntil_ms = 0;
  }

  /** Draws `units` in their order; `special` is whom somebody points at: {selected, focused, hovered} as ids. */
  paint(ctx, view, now_ms, units, special) {
    let [changing, rate] = [false, 0];
    const seen = [];
    for (const unit of units) {
      if (unit.motion.at(now_ms)) {
        changing = true;
        rate = Math.max(rate, unit.motion.rate);
      }
      unit.px = unit.motion.x * view.scale - view.x;
      unit.py = unit.motion.y * view.scale - view.y;
      if (unit.px > -MARGIN_PX && unit.py > -MARGIN_PX && unit.px < view.width + MARGIN_PX && unit.py < view.height + MARGIN_PX) seen.push(unit);
    }
    this.inView = seen;
    this.choose(seen.length, view);
    const stacked = `${view.zoom}|${this.crowd}`;
    if (stacked !== this.stacked) stack(units, view.zoom, this.crowd);
    this.stacked = stacked;
    const pointed = (unit) => unit.item.unit_id === special.selected || unit.item.unit_id === special.focused || unit.item.unit_id === special.hovered;
    for (const unit of seen) {
      unit.px += unit.dx;
      unit.py += unit.dy;
      unit.size = this.sizeOf(unit, view, pointed(unit));
      unit.below = BELOW[unit.size];
    }
    if (now_ms >= this.calmUntil_ms) {
      this.calmUntil_ms = now_ms + CALM_EVERY_MS;
      for (const unit of seen) unit.fade = fadeOf(unit.item);
      placeLabels(seen, (unit) => this.rankOf(unit, view, pointed(unit)), this.sprites);
    }
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    if (this.crowd === "dot") this.dots(ctx, seen.filter((unit) => !pointed(unit)), view);
    else for (const unit of seen) if (!pointed(unit)) this.body(ctx, unit, view);
    for (const unit of seen) if (unit.labelled && !pointed(unit)) this.name(ctx, unit, view);
    for (const unit of seen) {
      if (!pointed(unit)) continue;
      this.ring(ctx, unit, view, special);
      this.body(ctx, unit, view);
      this.name(ctx, unit, view);
    }
    return { changing, fastest_px_s: rate * view.scale, inView: seen };
  }

  choose(count, view) {
    const area = view.width * view.height;
    const fits = COVERS.find(([name, body, share]) => count * body <= share * area * (name === this.crowd ? 1 : ROOM));
    this.crowd = fits ? fits[0] : "dot";
  }

  sizeOf({ look }, view, pointed) {
    if (pointed) return look.idle ? "idle" : "active";
    if (this.crowd !== "full") return this.crowd;
    if (!look.idle) return "active";
    return view.zoom < FAR_BELOW_ZOOM ? "far" : "idle";
  }

  /** Who is named first: whom somebody points at, who is out, who waits; nobody in a crowd. */
  rankOf({ look, stacked }, view, pointed) {
    if (pointed) return -1;
    if (this.crowd === "dot" || (this.crowd === "small" && look.idle)) return null;
    if (!look.idle) return 1;
    if (view.zoom < FAR_BELOW_ZOOM || (stacked && view.zoom < NEAR_FROM_ZOOM)) return null;
    return 2;
  }

  body(ctx, unit, view) {
    const { look, size, motion } = unit;
    const { alpha, old } = (unit.fade ??= fadeOf(unit.item));
    const crowd = size === "small";
    const guessed = !crowd && motion.guessed * view.scale > SHOWN_GUESS_PX;
    const x = Math.round(unit.px * view.dpr);
    const y = Math.round(unit.py * view.dpr);
    if (guessed) this.leash(ctx, unit, view, x, y);
    ctx.globalAlpha = alpha;
    if (crowd && look.heading !== null) put(ctx, this.sprites.pointed(look, size, { old }, look.heading), x, y);
    else {
      if (look.heading !== null) put(ctx, this.sprites.arrow(look, size, look.heading), x, y);
      put(ctx, this.sprites.body(look, size, { old, guessed }), x, y);
    }
    ctx.globalAlpha = 1;
  }

  /** Thousands as plain dots with a line where they are heading, colour by colour: no pictures to copy. */
  dots(ctx, units, view) {
    const groups = new Map();
    for (const unit of units) {
      const { old } = (unit.fade ??= fadeOf(unit.item));
      const key = `${this.sprites.tone(unit.look).solid}|${old}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(unit);
    }
    const [dpr, half, reach] = [view.dpr, Math.round(DOT_PX * view.dpr), 2.2 * DOT_PX * view.dpr];
    for (const [key, group] of groups) {
      const [colour, old] = key.split("|");
      ctx.globalAlpha = old === "true" ? FADED_DOT : 1;
      Object.assign(ctx, { strokeStyle: colour, lineWidth: 2 * dpr, fillStyle: this.sprites.colour("map-halo") });
      ctx.beginPath();
      for (const { px, py, look } of group) {
        const [x, y] = [Math.round(px * dpr), Math.round(py * dpr)];
        ctx.fillRect(x - half - 1, y - half - 1, 2 * half + 2, 2 * half + 2);
        if (look.heading === null) continue;
        const angle = (look.heading * Math.PI) / 180;
        ctx.moveTo(x, y);
        ctx.lineTo(x + reach * Math.sin(angle), y - reach * Math.cos(angle));
      }
      ctx.stroke();
      ctx.fillStyle = colour;
      for (const { px, py } of group) ctx.fillRect(Math.round(px * dpr) - half, Math.round(py * dpr) - half, 2 * half, 2 * half);
    }
    ctx.globalAlpha = 1;
  }

  /** From the last point that was heard to the place that is only guessed. */
  leash(ctx, { motion, look }, view, x, y) {
    Object.assign(ctx, { strokeStyle: this.sprites.tone(look).ring, lineWidth: 2 * view.dpr });
    ctx.setLineDash([3 * view.dpr, 3 * view.dpr]);
    ctx.beginPath();
    ctx.moveTo((motion.knownX * view.scale - view.x) * view.dpr, (motion.knownY * view.scale - view.y) * view.dpr);
    ctx.lineTo(x, y);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  name(ctx, unit, view) {
    // Its words are looked at when names are placed, not for every picture.
    const label = unit.label?.made === this.sprites.made ? unit.label : labelOf(unit, this.sprites);
    put(ctx, label, Math.round(unit.px * view.dpr), Math.round((unit.py + unit.below) * view.dpr));
  }

  ring(ctx, unit, view, special) {
    if (unit.item.unit_id === special.hovered && unit.item.unit_id !== special.selected && unit.item.unit_id !== special.focused) return;
    const half = (REACH[unit.size] + 4) * view.dpr;
    Object.assign(ctx, { strokeStyle: this.sprites.colour("focus"), lineWidth: 3 * view.dpr });
    ctx.beginPath();
    ctx.roundRect(unit.px * view.dpr - half, unit.py * view.dpr - half, 2 * half, 2 * half, 9 * view.dpr);
    ctx.stroke();
  }

  /** The unit under a point of the canvas, the topmost and nearest first. A few thousand are looked at in no time. */
  hit(x, y, more_px = 0) {
    let [best, least] = [null, Infinity];
    for (const unit of this.inView) {
      const away = Math.hypot(unit.px - x, unit.py - y);
      if (away <= REACH[unit.size] + more_px && away <= least) [best, least] = [unit, away];
    }
    return best;
  }
}

function put(ctx, sprite, x, y) {
  ctx.drawImage(sprite.canvas, x - sprite.x, y - sprite.y);
}
