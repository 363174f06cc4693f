/** The page of replays: a span is loaded once, then any moment of it is shown without asking again. */
import { api, getReference } from "../shared/api.js";
import { button, debounce, el, fill, find, findAll, icon, on } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { clock, date } from "../shared/time.js";
import { toast, toastProblem } from "../shared/toast.js";
import { readAddress, writeAddress } from "./address.js";
import { chooseSpan } from "./choose.js";
import { makeDrawing } from "./drawing.js";
import { eventsPanel, queuePanel, unitsPanel } from "./panels.js";
import { makePlayer } from "./player.js";
import { loadRecording, sorted } from "./recording.js";
import { exportSpan, shareLink } from "./takeaway.js";
import { makeTimeline } from "./timeline.js";
import { trackBook } from "./tracks.js";

const MAP_EVERY_MS = 250;
const LISTS_EVERY_MS = 1000;
const root = find("#replay");
const band = find("#band");
const mayExport = root.dataset.mayExport === "yes";

const [reference, stations] = await Promise.all([getReference(), api.get("/stations", { all: true })]);
const facts = { kinds: reference.kinds, agencies: reference.agencies };
const drawing = makeDrawing(find("#map"), { kinds: reference.kinds, types: reference.unit_types, stations: stations.items, onIncident: choose, onUnit: lookAtUnit });
let now = null;

/** Load a span and show it; what was shown before stays until the new one is there. */
async function open(chosen) {
  const busy = (words) => fill(band, icon("clock"), el("strong", {}, words));
  busy(t("Loading the record …"));
  root.setAttribute("aria-busy", "true");
  try {
    const recording = await loadRecording(chosen, (count) => busy(t("Loading the record: {count} events so far …", { count })));
    now?.book.stop();
    start(recording, chosen);
  } catch (problem) {
    if (now) showBand();
    else fill(band, icon("warning"), el("strong", {}, problem.detail ?? problem.message), button(t("Choose another span"), () => chooseSpan(open), { key: "O" }));
    throw problem;
  } finally {
    root.removeAttribute("aria-busy");
  }
}

function start(recording, chosen) {
  const at_ms = chosen.at_ms ?? recording.from_ms;
  const player = makePlayer({ ...recording, at_ms, speed: chosen.speed ?? now?.player.speed ?? 10 });
  const book = trackBook(recording);
  now?.player.pause();
  now = { recording, player, book, chosen: recording.incident?.id ?? null, view: null, count: -1, mapped: 0, listed: 0, loaded: 0 };
  const mine = now;
  makeTimeline(find("#player"), recording, player, { previous: () => step(-1), next: () => step(1) });
  player.on((state, why) => show(why !== "tick"));
  player.on((state, why) => { if (why !== "tick") remember(); });
  book.lookAt(player.at_ms);
  book.onLoad((share) => {
    if (mine !== now) return;
    now.loaded = share;
    showBand();
    show(true);
  });
  book.load().catch(toastProblem);
  drawing.select(now.chosen);
  showBand();
  show(true);
  const own = now.view.incidents.find((row) => row.id === now.chosen) ?? recording.events.find((event) => event.incident_id === now.chosen && event.change?.lon)?.change;
  if (own) drawing.focus(own);
  else drawing.frame([...now.view.incidents, ...recording.positions.values()]);
  if (recording.incident?.shortened) toast(t("This incident lasted longer than 24 hours: these are the first 24. Choose another span for the rest."), "warning");
  remember();
  document.body.dataset.ready = "yes";
  performance.mark("replay"); // what is looked for when somebody asks how soon a past is there
}

function showBand() {
  const { recording, loaded } = now;
  const iso = (ms) => new Date(ms).toISOString();
  const sameDay = date(recording.from_ms) === date(recording.to_ms);
  const span = `${date(recording.from_ms)} ${clock(iso(recording.from_ms))} – ${sameDay ? "" : `${date(recording.to_ms)} `}${clock(iso(recording.to_ms))}`;
  fill(band, el("span", { class: "replay-dot", "aria-hidden": "true" }), el("strong", {}, t("RECORDING {span} – not live", { span })),
    recording.incident && el("span", {}, t("Incident {number}", { number: recording.incident.number })),
    loaded < 1 && el("span", { class: "replay-loading" }, el("progress", { max: 1, value: loaded, "aria-label": t("Tracks loaded") }), t("Tracks {percent} %", { percent: Math.floor(loaded * 100) })),
    el("span", { class: "actions" },
      button(t("Other span"), () => chooseSpan(open), { icon: "search", key: "O", id: "other" }),
      button(t("Link"), share, { icon: "link", key: "L", id: "share" }),
      mayExport && button(t("Export"), (event) => exportSpan(recording, event.currentTarget), { icon: "download", key: "E", id: "export" })));
}

function share() {
  now.player.pause();
  remember();
  shareLink();
}

const rememberSoon = debounce(() => remember(), 400);
function remember() {
  const { recording, player } = now;
  writeAddress({ from_ms: recording.from_ms, to_ms: recording.to_ms, at_ms: player.at_ms, incident: recording.incident?.id ?? null, speed: player.speed });
}

/** Draw the moment: the map a few times a second, the lists when something changed or a second passed. */
function show(at_once) {
  const { recording, player, book } = now;
  const ms = player.at_ms;
  const tick = performance.now();
  book.lookAt(ms);
  const { count, picture } = recording.at(ms);
  const changed = count !== now.count;
  if (changed || at_once || !now.view || tick - now.listed > LISTS_EVERY_MS) {
    now.view = sorted(picture, recording.closures, ms);
    now.count = count;
    now.listed = tick;
    drawing.showPicture(now.view);
    drawLists(ms, count);
  }
  if (at_once || changed || tick - now.mapped > MAP_EVERY_MS) {
    now.mapped = tick;
    drawing.show(now.view, ms, book);
    rememberSoon();
  }
}

function drawLists(ms, count) {
  const { view, book, recording } = now;
  const focused = document.activeElement?.dataset ?? {};
  const names = new Map(view.units.map((unit) => [unit.id, unit.call_sign]));
  queuePanel(find("#queue"), view, ms, { ...facts, chosen: now.chosen, choose, replayIncident });
  unitsPanel(find("#units"), view.units, ms, { placeOf: (id) => book.placeAt(id, ms), look: (unit) => lookAtUnit(unit.id) });
  eventsPanel(find("#events"), recording, count, ms, { agencies: facts.agencies, unitName: (id) => names.get(id) ?? `#${id}`, chosen: now.chosen, seek: (to) => now.player.seek(to) });
  // The lists are made anew; whoever was in one with the keyboard stays where they were.
  for (const [name, value] of Object.entries({ incident: focused.incident, unit: focused.unit, event: focused.event })) {
    if (value) find(`button[data-${name}="${value}"]`, root)?.focus({ preventScroll: true });
  }
}

const replayIncident = (incident) => (now.recording.incident?.id === incident.id ? null
  : button(t("Replay this incident"), () => open({ incident: incident.id, from_ms: null, to_ms: null }).catch(toastProblem), { icon: "clock", class: "button-wide" }));

function choose(id) {
  now.chosen = now.chosen === id ? null : id;
  drawing.select(now.chosen);
  const incident = now.view.incidents.find((row) => row.id === now.chosen);
  if (incident) drawing.focus(incident);
  show(true);
}

function lookAtUnit(id) {
  drawing.selectUnit(id);
  const place = now.book.placeAt(id, now.player.at_ms);
  if (place) drawing.focus(place);
}

/** To the next moment at which the room learnt something: of the chosen incident, or of anything. */
function step(direction) {
  const { recording, player, chosen } = now;
  player.pause();
  const moments = recording.inside.filter((event) => chosen === null || event.incident_id === chosen).map((event) => event.known_ms);
  const found = direction > 0 ? moments.find((ms) => ms > player.at_ms) : moments.findLast((ms) => ms < Math.floor(player.at_ms));
  player.seek(found ?? (direction > 0 ? recording.to_ms : recording.from_ms));
}

const leap = (ms) => now?.player.seek(now.player.at_ms + ms);
keys({
  " ": { run: (event) => (event.target.closest?.("button, summary, a") ? false : now?.player.toggle()), label: t("Play or pause (space)") },
  ArrowLeft: { run: () => step(-1), label: t("Previous event") },
  ArrowRight: { run: () => step(1), label: t("Next event") },
  "Shift+ArrowLeft": { run: () => leap(-10_000), label: t("Ten seconds back") },
  "Shift+ArrowRight": { run: () => leap(10_000), label: t("Ten seconds on") },
  Home: { run: () => now?.player.seek(now.recording.from_ms), label: t("To the beginning") },
  End: { run: () => now?.player.seek(now.recording.to_ms), label: t("To the end") },
  1: { run: () => now?.player.setSpeed(1), label: t("As fast as it was") },
  2: { run: () => now?.player.setSpeed(10), label: t("Ten times as fast") },
  3: { run: () => now?.player.setSpeed(60), label: t("Sixty times as fast") },
  O: { run: () => chooseSpan(open), label: t("Other span") },
  L: { run: () => now && share(), label: t("Link to this moment") },
  E: { run: () => find("#export")?.click(), label: mayExport ? t("Export") : null },
});
on("[data-tab-button]", "click", (event, target) => {
  root.dataset.tab = target.dataset.tabButton;
  findAll("[data-tab-button]").forEach((one) => one.setAttribute("aria-pressed", String(one === target)));
});
fill(find("#legend"), el("span", {}, "◆ ", t("entered later")), el("span", {}, "◇ ", t("not known then")), el("span", {}, "× ", t("not believed")));

open(readAddress()).catch(toastProblem);
