/** Waits until an administrator has typed the code on this screen, and fetches a new code when its time is over. */
import { t } from "../shared/i18n.js";

const EVERY_MS = 3000;
const ends = performance.now() + Number(document.body.dataset.leftS) * 1000;

async function look() {
  const note = document.querySelector("#pairing-note");
  try {
    const answer = await fetch("/api/v1/wall", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    if (answer.ok || performance.now() > ends) location.reload();
  } catch (problem) {
    console.warn("The server does not answer:", problem);
    note.textContent = t("The server does not answer. This page tries again by itself.");
  }
  setTimeout(look, EVERY_MS);
}
setTimeout(look, EVERY_MS);
