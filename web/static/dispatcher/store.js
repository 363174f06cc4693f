/** What this desk knows: its referrals, its units, the case on screen; read again when events say so. */
import { api } from "../shared/api.js";
import { toastProblem } from "../shared/toast.js";

const listeners = { referrals: [], units: [], incident: [], incidents: [], ranking: [] };

export const desk = {
  agency: null,
  referrals: [],
  incidents: [],
  units: [],
  /** Unit → what it lacks, by name. */
  lacks: new Map(),
  selectedId: null,
  incident: null,
  ranking: null,
  rankingProblem: null,
  ticked: new Set(),
};

/** desk changes: when("referrals" | "incidents" | "units" | "incident" | "ranking", fn) */
export function when(part, fn) {
  listeners[part].push(fn);
}
const tell = (part) => listeners[part].forEach((fn) => fn(desk));

export const selected = () => desk.referrals.find((r) => r.id === desk.selectedId) ?? null;

/** The agency's open referrals, each with its incident; read together so that neither is ahead of the other. */
export async function loadReferrals() {
  const [referrals, incidents] = await Promise.all([
    api.get("/referrals", { agency: desk.agency, state: "open" }),
    api.get("/incidents", { agency: desk.agency, status: "open" }),
  ]);
  const byId = new Map(incidents.items.map((incident) => [incident.id, incident]));
  desk.incidents = incidents.items;
  desk.referrals = referrals.items.filter((r) => byId.has(r.incident_id))
    .map((r) => ({ ...r, incident: byId.get(r.incident_id) }));
  if (desk.selectedId !== null && !selected()) await select(null);
  tell("incidents");
  tell("referrals");
}

export async function loadUnits() {
  const [units, readiness] = await Promise.all([api.get("/units", { agency: desk.agency }), api.get("/readiness", { agency: desk.agency })]);
  desk.units = units.items;
  desk.lacks = new Map(readiness.items.map((unit) => [unit.id, unit.missing]));
  tell("units");
}

/** Put one referral on screen; its ranking starts from nothing, so that no old order is ever shown for it. */
export async function select(referralId) {
  const changed = desk.selectedId !== referralId;
  desk.selectedId = referralId;
  if (changed) {
    desk.incident = null;
    desk.ranking = null;
    desk.rankingProblem = null;
    desk.ticked.clear();
  }
  tell("referrals");
  tell("incident");
  tell("ranking");
  await loadIncident();
  await rank();
}

export async function loadIncident() {
  const referral = selected();
  if (!referral) {
    desk.incident = null;
    tell("incident");
    return;
  }
  const incident = await api.get(`/incidents/${referral.incident_id}`);
  if (selected()?.id !== referral.id) return;
  desk.incident = incident;
  tell("incident");
}

const RANKED_FROM = new Set(["acknowledged", "ready", "not_ready", "accepted"]);
let asked = 0;

/** Rank this agency's units for the case on screen; a later answer always wins over an earlier one. */
export async function rank() {
  const referral = selected();
  const mine = ++asked;
  if (!referral || !RANKED_FROM.has(referral.status)) {
    desk.ranking = null;
    tell("ranking");
    return;
  }
  try {
    const ranking = await api.get(`/incidents/${referral.incident_id}/ranking`, { agency: desk.agency });
    if (mine !== asked) return;
    desk.previous = desk.ranking;
    desk.ranking = ranking;
    desk.rankingProblem = null;
    const sendable = new Set(ranking.ranked.map((row) => row.unit.id));
    for (const id of desk.ticked) if (!sendable.has(id)) desk.ticked.delete(id);
  } catch (problem) {
    if (mine !== asked) return;
    desk.ranking = null;
    desk.rankingProblem = problem;
  }
  tell("ranking");
}

export function tick(unitId, on) {
  if (on) desk.ticked.add(unitId);
  else desk.ticked.delete(unitId);
  tell("ranking");
}

/** Exactly these units, and no others. */
export function tickOnly(unitIds) {
  desk.ticked = new Set(unitIds);
  tell("ranking");
}

/* What is out of date is read again in this order: the lists, the case, and last the ranking that depends on both. */
const due = new Set();
const SOON_MS = 60;
let reading = null;

function mark(...parts) {
  parts.forEach((part) => due.add(part));
  reading ??= new Promise((done) => { setTimeout(done, SOON_MS); }).then(readDue).catch(toastProblem);
}

/** An act of this desk and the events it causes come together: they are one reading, not two. */
async function readDue() {
  const parts = new Set(due);
  due.clear();
  try {
    await Promise.all([parts.has("referrals") && loadReferrals(), parts.has("units") && loadUnits()]);
    if (parts.has("incident")) await loadIncident();
    if (parts.has("ranking")) await rank();
  } finally {
    reading = null;
    if (due.size) mark();
  }
}

export const refresh = {
  referrals: () => mark("referrals"), units: () => mark("units"), incident: () => mark("incident"), ranking: () => mark("ranking"),
};

/** Do one act at the server; what became of it is read soon after. A refusal is thrown: the question that asked shows it. */
export async function act(path, body) {
  try {
    return await api.post(path, body);
  } finally {
    mark("referrals", "units", "incident", "ranking");
  }
}

/** The same for a bare button: a refusal is a sentence on the screen, never a silence. Answers null then. */
export async function attempt(path, body) {
  try {
    return await act(path, body);
  } catch (problem) {
    toastProblem(problem);
    return null;
  }
}
