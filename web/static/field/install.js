/** Makes the page an app: it opens without a signal, and can be put on the phone's first screen. */
import { button, el, fill, find, icon } from "../shared/dom.js";
import { locale, t } from "../shared/i18n.js";
import { ask } from "../shared/ask.js";
import { waiting } from "./outbox.js";
import { forget } from "./picture.js";

const hadWorker = Boolean(navigator.serviceWorker?.controller);

/** What this page has already loaded past the worker is asked for once more through it, so that it is kept. */
const LOADED_BEFORE = ["/field", "/api/v1/reference", "/api/v1/layers", `/i18n/${locale}.json`, "/static/icons.svg"];

async function keepPage() {
  const page = await caches.open("field-page");
  for (const address of LOADED_BEFORE) {
    const answer = await fetch(address);
    if (address === "/field" && answer.ok && !answer.redirected) await page.put(address, answer);
  }
}

async function register() {
  await navigator.serviceWorker.register("/field-worker.js", { scope: "/field" });
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  if (!hadWorker) await keepPage();
  document.body.dataset.offline = "ready";
  showReady(true);
  // A browser that is short of room throws away what it was not asked to keep.
  await navigator.storage?.persist?.();
}

/** Another version has taken over: the page is loaded anew as soon as nobody is in the middle of something. */
function renew() {
  const busy = document.querySelector("dialog[open]") || waiting().some((e) => e.hold_until_ms > Date.now());
  if (busy) setTimeout(renew, 2000);
  else location.reload();
}

let ready = false;
let offer = null;
/** Whether the page would open without a signal, and the way to put it on the phone. */
function showReady(now = ready) {
  ready = now;
  fill(find("#install"), !ready && el("p", { class: "muted" }, icon("download"), " ", t("Getting ready to work without a signal…")), offer);
}

function offerInstall(event) {
  event.preventDefault();
  offer = button(t("Put this on the phone's first screen"), async () => {
    offer = null;
    showReady();
    await event.prompt();
  }, { icon: "download", class: "field-step" });
  showReady();
}

/** Signing out takes away what could be read on this phone; what waits stays, for the same person only. */
async function signOut(event) {
  event.preventDefault();
  const form = event.target;
  const left = waiting().length;
  const sure = !left || await ask({ title: t("Sign out"), icon: "sign-out", confirm: t("Sign out"),
    text: t("{n} reports are not sent yet. They stay on this phone and are sent when you sign in again here.", { n: left }), submit: async () => true });
  if (!sure) return;
  await forget();
  form.submit();
}

export function install() {
  find("form[action='/sign-out']")?.addEventListener("submit", signOut);
  if (!navigator.serviceWorker) {
    fill(find("#install"), el("p", { class: "notice tone-amber" }, icon("lock"),
      t("This address is not secure (https): the page cannot be opened without a signal. Keep it open.")));
    return;
  }
  addEventListener("beforeinstallprompt", offerInstall);
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (hadWorker) renew(); });
  showReady(hadWorker);
  register().catch((problem) => console.warn("service worker:", problem));
}
