/** The frame of every console: wall clock, stream state and its loud band, theme, help, sound. */
import { find, findAll, icon, on } from "./dom.js";
import { locale, t } from "./i18n.js";
import { clock, date, nowMs, onSecond } from "./time.js";
import { showHelp } from "./keys.js";

function showTime() {
  const face = find("[data-wall-clock]");
  if (!face) return;
  const now = new Date(nowMs()).toISOString();
  face.firstElementChild.textContent = clock(now, { seconds: true });
  face.lastElementChild.textContent = date(nowMs());
}
onSecond(showTime);
showTime();

const THEMES = { dark: [t("Dark"), "moon", "light"], light: [t("Light"), "sun", "system"], system: [t("As the system"), "contrast", "dark"] };
function showTheme() {
  const [word, drawing] = THEMES[window.theme.choice] ?? THEMES.dark;
  for (const node of findAll("[data-theme-switch]")) {
    node.querySelector(".icon").replaceWith(icon(drawing));
    node.querySelector("span").textContent = t("Colours: {word}", { word });
  }
}
on("[data-theme-switch]", "click", () => {
  window.theme.choose((THEMES[window.theme.choice] ?? THEMES.dark)[2]);
  showTheme();
});
showTheme();
on("[data-help]", "click", showHelp);

addEventListener("click", (event) => {
  for (const more of findAll("details.more[open]")) if (!more.contains(event.target)) more.open = false;
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") findAll("details.more[open]").forEach((more) => { more.open = false; });
});

// Whoever opens the menu may want to be told; nobody waits for it before.
const pushButton = find("[data-push-switch]");
pushButton?.closest("details")?.addEventListener("toggle", async () => {
  const { pushSwitch } = await import("./push.js");
  await pushSwitch(pushButton);
}, { once: true });

if (document.body.dataset.live === "yes") {
  const { showBehind } = await import("./behind.js");
  showBehind(find("[data-live-state]"), find("[data-stale-band]"));
}
document.documentElement.dataset.shell = locale;
