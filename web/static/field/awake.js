/** Keeps the screen on while the crew is under way, and says so when the phone will not. */
let wanted = false;
let lock = null;
let asking = false;
let told = "off";
const listeners = [];

function tell(state) {
  if (told === state) return;
  told = state;
  listeners.forEach((fn) => fn(state));
}

async function hold() {
  // While the phone thinks about it nothing more is asked: a second lock would be given back by nobody.
  if (!wanted || lock || asking || document.hidden) return;
  if (!("wakeLock" in navigator)) {
    tell("unable");
    return;
  }
  asking = true;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    // Low battery, or power saving: the phone decides.
    if (wanted) tell("refused");
    return;
  } finally {
    asking = false;
  }
  if (!wanted) {
    giveBack();
    return;
  }
  tell("on");
  const held = lock;
  held.addEventListener("release", () => {
    if (lock !== held) return;
    lock = null;
    tell("refused");
  });
}
addEventListener("visibilitychange", hold);

function giveBack() {
  const held = lock;
  lock = null;
  held?.release();
}

export const awake = {
  /** fn("off" | "on" | "refused" | "unable") */
  onState(fn) { listeners.push(fn); fn(told); },
  want(on) {
    wanted = on;
    if (on) hold();
    else {
      giveBack();
      tell("off");
    }
  },
};
