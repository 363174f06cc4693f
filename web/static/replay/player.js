/** The clock of a replay: it runs, stands, jumps; who watches hears of every change. */

/** makePlayer({from_ms, to_ms, at_ms, speed}) → {play, pause, toggle, seek, setSpeed, on(fn), at_ms, playing, speed} */
export function makePlayer({ from_ms, to_ms, at_ms, speed }) {
  const listeners = [];
  const state = { at_ms: clamp(at_ms), speed, playing: false };
  let last = 0;

  function clamp(ms) {
    return Math.min(to_ms, Math.max(from_ms, ms));
  }
  const tell = (why) => listeners.forEach((fn) => fn(state, why));

  function step(now) {
    if (!state.playing) return;
    // A tab that slept must not jump ahead by an hour when somebody looks again.
    const passed_ms = Math.min(250, now - last);
    last = now;
    state.at_ms = clamp(state.at_ms + passed_ms * state.speed);
    if (state.at_ms >= to_ms) state.playing = false;
    tell("tick");
    if (state.playing) requestAnimationFrame(step);
  }

  return {
    get at_ms() { return state.at_ms; },
    get playing() { return state.playing; },
    get speed() { return state.speed; },
    on: (fn) => listeners.push(fn),
    play() {
      if (state.playing) return;
      if (state.at_ms >= to_ms) state.at_ms = from_ms;
      state.playing = true;
      last = performance.now();
      requestAnimationFrame(step);
      tell("play");
    },
    pause() {
      state.playing = false;
      tell("pause");
    },
    toggle() {
      if (state.playing) this.pause();
      else this.play();
    },
    seek(ms) {
      state.at_ms = clamp(ms);
      tell("seek");
    },
    setSpeed(value) {
      state.speed = value;
      tell("speed");
    },
  };
}
