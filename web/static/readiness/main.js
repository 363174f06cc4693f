/** Before the shift: every unit looked through by keyboard, and who is on which unit when. */
import { getReference } from "../shared/api.js";
import { showAgencies } from "../shared/agency_choice.js";
import { find, findAll } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { live } from "../shared/live.js";
import { toastProblem } from "../shared/toast.js";
import { checkKeys, loadChecks } from "./checks.js";
import { loadPeople, peopleKeys } from "./people.js";
import { loadShifts, shiftKeys } from "./shifts.js";

const VIEWS = { checks: loadChecks, shifts: loadShifts, people: loadPeople };
const HANDLERS = { checks: checkKeys, shifts: shiftKeys, people: peopleKeys };
let agency = null;
let view = "checks";

async function show() {
  const wanted = location.hash.slice(1);
  view = wanted in VIEWS ? wanted : "checks";
  for (const link of findAll("[data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  await VIEWS[view](find("#work"), agency).catch(toastProblem);
}

/** One handler a key; the view on screen has it, and lets the browser have it when it does not want it. */
const here = (name) => (event) => HANDLERS[view][name]?.(event) ?? false;

agency = showAgencies(find("#agency"), await getReference(), async (code) => {
  agency = code;
  await show();
});
keys({
  1: { label: t("Checks"), run: () => { location.hash = "checks"; } },
  2: { label: t("Shifts"), run: () => { location.hash = "shifts"; } },
  3: { label: t("People"), run: () => { location.hash = "people"; } },
  ArrowDown: { label: t("Next line"), run: here("ArrowDown") },
  ArrowUp: { label: t("Previous line"), run: here("ArrowUp") },
  ArrowRight: { label: t("Next unit, or next shift"), run: here("ArrowRight") },
  ArrowLeft: { label: t("Previous unit, or previous shift"), run: here("ArrowLeft") },
  F: { label: t("This is in order; on to the next line"), run: here("F") },
  X: { label: t("Something is wrong with it"), run: here("X") },
  A: { label: t("All of this unit is in order"), run: here("A") },
  N: { label: t("Add one"), run: here("N") },
});
addEventListener("hashchange", show);
live.on("unit.", (event) => { if (event.agency_code === agency && !find("dialog[open]") && !find("[data-typing]")) show(); });
await show();
document.body.dataset.ready = "yes";
