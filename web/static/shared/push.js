/** Being told while no page is open: signs this browser up with its push service, and off again. */
import { api } from "./api.js";

/** Whether this browser can be told at all; it needs HTTPS, or the server's own computer. */
export const canBeTold = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytesOf = (text) => {
  const padded = (text + "=".repeat((4 - (text.length % 4)) % 4)).replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
};

/** What a person would call this device. */
function deviceName() {
  const { userAgent } = navigator;
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((word) => userAgent.includes(word)) ?? "";
  const browser = ["Edg", "Firefox", "Chrome", "Safari"].find((word) => userAgent.includes(word)) ?? "";
  return `${browser === "Edg" ? "Edge" : browser} ${system}`.trim() || "Browser";
}

/** The subscription of this browser, or null. */
export async function subscription(registration) {
  return registration.pushManager.getSubscription();
}

/** Ask the person, the push service and the server; answers false when the person says no. Needs a click. */
export async function signUp(registration) {
  if (await Notification.requestPermission() !== "granted") return false;
  const { public_key } = await api.get("/push/key");
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(public_key) });
  const { endpoint, keys } = made.toJSON();
  await api.post("/push/subscriptions", { device: deviceName(), endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
  return true;
}

/** Nothing is told here any more. */
export async function signOff(registration) {
  const made = await subscription(registration);
  const { items } = await api.get("/push/subscriptions");
  await made?.unsubscribe();
  const name = deviceName();
  for (const device of items.filter((one) => one.device === name)) await api.del(`/push/subscriptions/${device.id}`);
}
