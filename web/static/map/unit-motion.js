/**
 * Where a unit is drawn at a moment: it glides to its last point, is guessed onward for a few seconds by
 * heading and speed, and goes back to its last point when nothing more is heard. Never a lasting guess.
 */
const GLIDE_MS = 1000;
const GUESS_S = 4;
const GUESS_HELD_S = 10;
const JUMP_M = 3000;
const STANDING_KPH = 3;
const EARTH_M = 40075016.68;

/** Web Mercator, the world from 0 to 1: one multiplication away from a pixel at any zoom. */
export function toWorld(lon, lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export class Motion {
  constructor(lon, lat) {
    [this.x, this.y] = [this.knownX, this.knownY] = [this.fromX, this.fromY] = toWorld(lon, lat);
    [this.vx, this.vy] = [0, 0];
    this.arrived_ms = this.known_ms = -Infinity;
    /** World units a second, at most, until the next point: how often it is worth drawing. */
    this.rate = 0;
  }

  /** A new point. `calm` puts it there at once: nobody looks, or nobody wants to see things move. */
  arrive({ lon, lat, speed_kph, heading_deg }, age_s, now_ms, calm) {
    [this.knownX, this.knownY] = toWorld(lon, lat);
    const metre = 1 / (EARTH_M * Math.cos((lat * Math.PI) / 180));
    const far = Math.hypot(this.knownX - this.x, this.knownY - this.y) > JUMP_M * metre;
    [this.fromX, this.fromY] = calm || far ? [this.knownX, this.knownY] : [this.x, this.y];
    const guessed = !calm && age_s < GUESS_S && speed_kph > STANDING_KPH && Number.isFinite(heading_deg);
    const speed = guessed ? (speed_kph / 3.6) * metre : 0;
    const heading = ((heading_deg ?? 0) * Math.PI) / 180;
    [this.vx, this.vy] = [speed * Math.sin(heading), -speed * Math.cos(heading)];
    [this.arrived_ms, this.known_ms] = [now_ms, now_ms - age_s * 1000];
    this.rate = speed + (1000 * Math.hypot(this.knownX - this.fromX, this.knownY - this.fromY)) / GLIDE_MS;
  }

  /** Sets x and y for this moment; answers whether the next moment will look different. */
  at(now_ms) {
    if (this.rate === 0) {
      [this.x, this.y] = [this.knownX, this.knownY];
      return false;
    }
    const since_s = (now_ms - this.known_ms) / 1000;
    const back = Math.min(1, Math.max(0, since_s - GUESS_HELD_S));
    const guess_s = Math.min(since_s, GUESS_S) * (1 - back);
    const part = Math.min(1, (now_ms - this.arrived_ms) / GLIDE_MS);
    this.x = this.fromX + (this.knownX + this.vx * guess_s - this.fromX) * part;
    this.y = this.fromY + (this.knownY + this.vy * guess_s - this.fromY) * part;
    if (part === 1 && (back === 1 || (this.vx === 0 && this.vy === 0))) this.rate = 0;
    return part < 1 || (this.rate > 0 && (since_s < GUESS_S || back > 0));
  }

  /** How far the drawn place is from the last point that was heard, in world units. */
  get guessed() {
    return this.vx === 0 && this.vy === 0 ? 0 : Math.hypot(this.x - this.knownX, this.y - this.knownY);
  }
}
