/** Being told while no page is open: signs this browser up with its push service, and off again. */
import { api } from "./api.js";
import { icon } from "./dom.js";
import { t } from "./i18n.js";
import { toast, toastProblem } from "./toast.js";

const WORKER = "/static/push/worker.js";
/** Push needs HTTPS, or the server's own computer; some browsers have none at all. */
const canBeTold = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytesOf = (text) => {
  const padded = (text + "=".repeat((4 - (text.length % 4)) % 4)).replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
};

/** What a person would call this device. */
function deviceName() {
  const { userAgent } = navigator;
  const found = (words) => words.find((word) => userAgent.includes(word)) ?? "";
  const browser = found(["Edg", "Firefox", "Chrome", "Safari"]).replace(/^Edg$/, "Edge");
  return [browser, found(["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"])].filter(Boolean).join(" · ") || "Browser";
}

async function signUp() {
  if (await Notification.requestPermission() !== "granted") {
    toast(t("This browser does not allow notices. Allow them in its settings."), "warning");
    return;
  }
  const worker = await navigator.serviceWorker.register(WORKER);
  const { public_key } = await api.get("/push/key");
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(public_key) });
  const { endpoint, keys } = made.toJSON();
  await api.post("/push/subscriptions", { device: deviceName(), endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth } });
  toast(t("This device is told from now on, until you sign out."), "good");
}

async function signOff(made) {
  const { items } = await api.get("/push/subscriptions");
  const name = deviceName();
  await made.unsubscribe();
  for (const device of items.filter((one) => one.device === name)) await api.del(`/push/subscriptions/${device.id}`);
  toast(t("This device is told no more."));
}

async function subscription() {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return worker ? worker.pushManager.getSubscription() : null;
}

/** Let a button switch it; where nothing can be told, the button says so. */
export async function pushSwitch(button) {
  const words = button.querySelector("span");
  const show = (made) => {
    button.setAttribute("aria-pressed", String(Boolean(made)));
    words.textContent = made ? t("Told on this device") : t("Tell me on this device");
    button.querySelector(".icon")?.replaceWith(icon(made ? "check" : "phone-ring"));
  };
  if (!canBeTold()) {
    button.disabled = true;
    words.textContent = t("This browser cannot be told (HTTPS is needed)");
    return;
  }
  show(await subscription());
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const made = await subscription();
      await (made ? signOff(made) : signUp());
    } catch (problem) {
      toastProblem(problem);
    }
    show(await subscription());
    button.disabled = false;
  });
}
