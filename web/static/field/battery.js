/** How full the battery is, where the browser tells; a low one makes the page ask less of the phone. */
const LOW = 0.2;

let battery = null;
const listeners = [];
const tell = () => listeners.forEach((fn) => fn());

if (navigator.getBattery) {
  navigator.getBattery().then((found) => {
    battery = found;
    for (const what of ["levelchange", "chargingchange"]) battery.addEventListener(what, tell);
    tell();
  }, () => {});
}

export const batteryPercent = () => (battery ? Math.round(battery.level * 100) : null);
export const batteryIsLow = () => Boolean(battery) && battery.level <= LOW && !battery.charging;
export const onBattery = (fn) => listeners.push(fn);
