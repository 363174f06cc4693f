/** What leaves the screen: a link for somebody else in the centre, and the file to keep. */
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { toast, toastProblem } from "../shared/toast.js";

/** The link to this moment, to copy; it opens only for those who may see it. */
export function shareLink() {
  const input = el("input", { class: "input", readonly: true, id: "link", value: location.href, "aria-label": t("Link to this moment") });
  const close = () => dialog.close();
  const copy = async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand("copy"); // without HTTPS browsers give no other way
    }
    toast(t("Link copied."), "good");
    close();
  };
  const dialog = el("dialog", { "aria-labelledby": "share-title" },
    el("header", { class: "dialog-head" }, icon("link"), el("h2", { id: "share-title" }, t("Link to this moment"))),
    el("div", { class: "dialog-body" }, el("p", {}, t("Opens the same span at the same moment, for those who may see it after signing in.")), input),
    el("footer", { class: "dialog-foot" }, button(t("Go back"), close, { key: "Esc" }), button(t("Copy"), copy, { tone: "primary", icon: "copy" })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.select();
}

/** The span as a zip; made on the server, which remembers who took it. */
export async function exportSpan(recording, trigger) {
  const body = { from: new Date(recording.from_ms).toISOString(), to: new Date(recording.to_ms).toISOString(), incident_id: recording.incident?.id ?? null };
  trigger.disabled = true;
  const waiting = toast(t("The file is being made …"), "info");
  try {
    const { file, name } = await download("/api/v1/replay/export", body);
    const href = URL.createObjectURL(file);
    el("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
    toast(t("Exported: {name}. The record keeps who took it.", { name }), "good");
  } catch (problem) {
    toastProblem(problem);
  } finally {
    waiting.remove();
    trigger.disabled = false;
  }
}

async function download(path, body) {
  const csrf = document.querySelector("meta[name=csrf-token]").content;
  const answer = await fetch(path, {
    method: "POST", credentials: "same-origin", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf, Accept: "application/zip, application/problem+json" } });
  if (!answer.ok) throw Object.assign(new Error(), { name: "Problem", ...(await answer.json()) });
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "replay.zip";
  return { file: await answer.blob(), name };
}
