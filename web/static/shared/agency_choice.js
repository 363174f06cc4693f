/** Whose desk this is: a dispatcher's own agency, or a choice for those who see them all. */
import { el, fill } from "./dom.js";
import { t } from "./i18n.js";
import { draft } from "./form.js";
import { toastProblem } from "./toast.js";

/** Answers the agency to begin with; `change(code)` when another desk is chosen. */
export function showAgencies(root, reference, change) {
  const own = reference.me.agency_code;
  if (own) {
    const agency = reference.agencies.find((a) => a.code === own);
    fill(root, el("strong", {}, agency?.name ?? own));
    return own;
  }
  const kept = draft("dispatcher-agency");
  const choice = el("select", { class: "input", "aria-label": t("Agency"), onchange: () => {
    kept.save(choice.value);
    change(choice.value).catch(toastProblem);
  } }, reference.agencies.map((a) => el("option", { value: a.code }, a.name)));
  choice.value = new URLSearchParams(location.search).get("agency") ?? kept.load() ?? "damkar";
  fill(root, choice);
  return choice.value;
}
