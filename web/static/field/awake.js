/** Keeps the screen on while the crew is under way, and says so when the phone will not. */
let wanted = false;
let lock = null;
let told = "off";
const listeners = [];

function tell(state) {
  if (told === state) return;
  told = state;
  listeners.forEach((fn) => fn(state));
}

async function hold() {
  if (!wanted || lock || document.hidden) return;
  if (!("wakeLock" in navigator)) {
    tell("unable");
    return;
  }
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    // Low battery, or power saving: the phone decides.
    tell("refused");
    return;
  }
  tell("on");
  lock.addEventListener("release", () => {
    lock = null;
    if (wanted) tell("refused");
  });
}
addEventListener("visibilitychange", hold);

export const awake = {
  /** fn("off" | "on" | "refused" | "unable") */
  onState(fn) { listeners.push(fn); fn(told); },
  want(on) {
    wanted = on;
    if (on) hold();
    else {
      lock?.release();
      lock = null;
      tell("off");
    }
  },
};
