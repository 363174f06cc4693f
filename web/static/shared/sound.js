/** Sounds made on the spot (no files): a ring for a call, an alert for a referral, a tick for done. */

let context = null;
const stateListeners = [];

function audio() {
  if (!context) {
    context = new AudioContext();
    context.onstatechange = tell;
  }
  return context;
}
const tell = () => stateListeners.forEach((fn) => fn(allowed()));

/** Browsers allow sound only after the person has touched the page once. */
export const allowed = () => context?.state === "running";
export function onSoundAllowed(fn) {
  stateListeners.push(fn);
  fn(allowed());
}
for (const event of ["pointerdown", "keydown"]) {
  addEventListener(event, () => { audio().resume().then(tell); }, { capture: true, passive: true });
}

function tone(frequency_hz, at_s, length_s, volume = 0.25, shape = "sine") {
  const ctx = audio();
  const start = ctx.currentTime + at_s;
  const gain = ctx.createGain();
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(volume, start + 0.015);
  gain.gain.setValueAtTime(volume, start + length_s - 0.04);
  gain.gain.linearRampToValueAtTime(0, start + length_s);
  const oscillator = ctx.createOscillator();
  oscillator.type = shape;
  oscillator.frequency.value = frequency_hz;
  oscillator.connect(gain).connect(ctx.destination);
  oscillator.start(start);
  oscillator.stop(start + length_s + 0.02);
}

/** A telephone's ring, once: the page repeats it while a call waits. */
export function ring() {
  for (const at_s of [0, 0.1, 0.2, 0.3, 0.4]) {
    tone(at_s % 0.2 < 0.05 ? 880 : 740, at_s, 0.1, 0.22, "triangle");
  }
}

/** Something needs you: three rising tones. */
export function alert() {
  [587, 740, 988].forEach((hz, i) => tone(hz, i * 0.17, 0.16, 0.28, "triangle"));
}

/** Something is late: two harsh falling tones, unlike any other. */
export function alarm() {
  [[988, 0], [622, 0.2], [988, 0.4], [622, 0.6]].forEach(([hz, at_s]) => tone(hz, at_s, 0.18, 0.24, "sawtooth"));
}

/** Done. */
export function tick() {
  tone(1175, 0, 0.07, 0.12);
}
