/** Small chevrons along a one-way street, pointing where traffic goes. */
const ARROW_EVERY_PX = 110;
const SHORTEST_WITH_ARROW_PX = 60;

export class OnewayArrows {
  constructor(colour) {
    this.colour = colour;
  }

  before(ctx) {
    Object.assign(ctx, { strokeStyle: this.colour, lineWidth: 1.8, globalAlpha: 0.95, lineCap: "round", lineJoin: "round" });
  }

  draw(ctx, lines) {
    for (const line of lines) if (lengthOf(line) > SHORTEST_WITH_ARROW_PX) along(ctx, line);
  }
}

function along(ctx, line) {
  let next = ARROW_EVERY_PX / 2;
  for (let i = 1; i < line.length; i += 1) {
    const [dx, dy] = [line[i].x - line[i - 1].x, line[i].y - line[i - 1].y];
    const length = Math.hypot(dx, dy);
    for (; next < length; next += ARROW_EVERY_PX) {
      const [x, y] = [line[i - 1].x + (dx * next) / length, line[i - 1].y + (dy * next) / length];
      chevron(ctx, x, y, Math.atan2(dy, dx));
    }
    next -= length;
  }
}

function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += Math.hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  return sum;
}

function chevron(ctx, x, y, angle) {
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(angle);
  ctx.beginPath();
  ctx.moveTo(-4, -3);
  ctx.lineTo(0, 0);
  ctx.lineTo(-4, 3);
  ctx.stroke();
  ctx.restore();
}
