/** Pictures of units, each drawn once: the canvas then only copies them, whole pixels at a time. */
import { inkOn } from "./layer_style.js";

const TONES = { red: "red", amber: "amber", green: "green", blue: "action", violet: "violet", cyan: "cyan", grey: "grey" };
const CORNERS = { square: [7, 7, 7, 7], round: [14, 14, 5, 5], shield: [6, 6, 17, 17], circle: [17, 17, 17, 17] };
/** Half the body, the ring, the drawing and the glyph, in pixels. */
const SIZES = {
  active: { half: 17, ring: 3, drawing: 22, glyph: 9 },
  idle: { half: 14, ring: 2, drawing: 18, glyph: 7.5 },
  far: { half: 11, ring: 2, drawing: 14, glyph: 0 },
  small: { half: 9, ring: 2, drawing: 11, glyph: 0 },
};
const ARROW_STEPS = 36;
const ARROWS = { active: 30, idle: 26, far: 19, small: 16 };

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** One symbol of the page's sprite as strokes: (ctx) → void, in its own 24 × 24. */
function strokesOf(name) {
  const symbol = document.getElementById(`icon-${name}`) ?? document.getElementById("icon-other");
  const parts = [...(symbol?.children ?? [])].map((node) => {
    const get = (attribute) => Number(node.getAttribute(attribute) ?? 0);
    const path = new Path2D(node.tagName === "path" ? node.getAttribute("d") : undefined);
    if (node.tagName === "circle") path.arc(get("cx"), get("cy"), get("r"), 0, 2 * Math.PI);
    if (node.tagName === "ellipse") path.ellipse(get("cx"), get("cy"), get("rx"), get("ry"), 0, 0, 2 * Math.PI);
    if (node.tagName === "rect") path.roundRect(get("x"), get("y"), get("width"), get("height"), get("rx"));
    const placed = node.transform?.baseVal.consolidate()?.matrix;
    if (!placed) return path;
    const whole = new Path2D();
    whole.addPath(path, placed);
    return whole;
  });
  return (ctx) => parts.forEach((path) => ctx.stroke(path));
}

export class Sprites {
  constructor() {
    this.symbols = new Map();
    this.renew();
  }

  /** After the page's colours or the screen's resolution have changed. */
  renew() {
    this.dpr = Math.min(2, devicePixelRatio || 1);
    this.made = new Map();
    this.colours = new Map();
  }

  colour(name) {
    if (!this.colours.has(name)) this.colours.set(name, token(name));
    return this.colours.get(name);
  }

  tone(look) {
    const name = TONES[look.tone] ?? "grey";
    const solid = name === "action" ? "action" : `${name}-solid`;
    return { ring: look.colour ?? this.colour(name), solid: look.colour ?? this.colour(solid), on: look.colour ? inkOn(look.colour) : this.colour(`${name}-on`) };
  }

  /** The body of a unit: {canvas, x, y} with its middle at (x, y), in device pixels. */
  body(look, size, { old = false, guessed = false } = {}) {
    const key = `${look.key}|${size}|${old}|${guessed}`;
    return this.kept(key, () => {
      const { half, glyph } = SIZES[size];
      const [side, over] = [half + 5, glyph ? glyph + 8 : 0];
      return this.picture(side, side + over / 2, side + over, side, (ctx) => this.drawBody(ctx, look, SIZES[size], old, guessed));
    });
  }

  /** A small arrow that points along a heading, with where it belongs around the body. */
  arrow(look, size, heading_deg) {
    const step = Math.round((heading_deg / 360) * ARROW_STEPS) % ARROW_STEPS;
    return this.kept(`arrow|${look.tone}|${look.colour ?? ""}|${size}|${step}`, () => {
      const angle = (step / ARROW_STEPS) * 2 * Math.PI;
      const scale = size === "small" ? 0.8 : 1;
      const picture = this.picture(11 * scale, 11 * scale, 11 * scale, 11 * scale, (ctx) => {
        ctx.rotate(angle);
        ctx.scale(scale, scale);
        const path = new Path2D("M0 -6 L7 5 L-7 5 Z");
        Object.assign(ctx, { strokeStyle: this.colour("map-halo"), lineWidth: 2, fillStyle: this.tone(look).solid, lineJoin: "round" });
        ctx.stroke(path);
        ctx.fill(path);
      });
      const radius = ARROWS[size] * this.dpr;
      return { ...picture, x: picture.x - Math.round(radius * Math.sin(angle)), y: picture.y + Math.round(radius * Math.cos(angle)) };
    });
  }

  /** Body and arrow in one picture, for crowds: half as much to copy. */
  pointed(look, size, flags, heading_deg) {
    const step = Math.round((heading_deg / 360) * ARROW_STEPS) % ARROW_STEPS;
    return this.kept(`pointed|${look.key}|${size}|${flags.old}|${step}`, () => {
      const reach = ARROWS[size] + 9;
      return this.picture(reach, reach, reach, reach, (ctx) => {
        ctx.setTransform(1, 0, 0, 1, 0, 0);
        const middle = Math.ceil(reach * this.dpr);
        for (const part of [this.arrow(look, size, heading_deg), this.body(look, size, flags)]) ctx.drawImage(part.canvas, middle - part.x, middle - part.y);
      });
    });
  }

  kept(key, make) {
    let sprite = this.made.get(key);
    if (!sprite) this.made.set(key, (sprite = make()));
    return sprite;
  }

  /** A canvas that reaches so far to each side of its middle, drawn in CSS pixels around (0, 0). */
  picture(left, top, right, bottom, paint) {
    const [x, y] = [Math.ceil(left * this.dpr), Math.ceil(top * this.dpr)];
    const canvas = new OffscreenCanvas(x + Math.ceil(right * this.dpr), y + Math.ceil(bottom * this.dpr));
    const ctx = canvas.getContext("2d");
    ctx.setTransform(this.dpr, 0, 0, this.dpr, x, y);
    paint(ctx);
    return { canvas, x, y };
  }

  drawBody(ctx, look, { half, ring, drawing, glyph }, old, guessed) {
    const tone = this.tone(look);
    const corners = CORNERS[look.shape].map((radius) => (radius * half) / 17);
    const box = (inset) => {
      const path = new Path2D();
      path.roundRect(inset - half, inset - half, 2 * (half - inset), 2 * (half - inset), corners.map((r) => Math.max(0, r - inset)));
      return path;
    };
    Object.assign(ctx, { fillStyle: this.colour("surface"), shadowColor: "rgb(0 0 0 / 50%)", shadowBlur: 5 * this.dpr, shadowOffsetY: 1.5 * this.dpr });
    ctx.fill(box(0));
    ctx.shadowColor = "transparent";
    const width = guessed ? ring / 2 : ring;
    Object.assign(ctx, { strokeStyle: tone.ring, lineWidth: width });
    ctx.setLineDash(old || guessed ? [4, 3] : []);
    ctx.stroke(box(width / 2));
    ctx.setLineDash([]);
    this.symbol(ctx, look.drawing, 0, 0, drawing, this.colour("text"), 2);
    if (!glyph) return;
    const [x, y] = [half, -half + 2];
    Object.assign(ctx, { fillStyle: tone.solid, strokeStyle: this.colour("surface"), lineWidth: 1.5 });
    ctx.beginPath();
    ctx.arc(x, y, glyph, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    this.symbol(ctx, look.glyph, x, y, glyph * 1.35, tone.on, 3.2);
  }

  symbol(ctx, name, x, y, size, colour, lineWidth) {
    if (!this.symbols.has(name)) this.symbols.set(name, strokesOf(name));
    ctx.save();
    ctx.translate(x - size / 2, y - size / 2);
    ctx.scale(size / 24, size / 24);
    Object.assign(ctx, { strokeStyle: colour, lineWidth, lineCap: "round", lineJoin: "round" });
    this.symbols.get(name)(ctx);
    ctx.restore();
  }
}
