/** The one door from the browser to the server: JSON in, JSON out, refusals as Problem. */
import { t } from "./i18n.js";
import { syncClock } from "./time.js";

const ROOT = "/api/v1";
const TIMEOUT_MS = 20000;
const FILE_TIMEOUT_MS = 180000; // a file is read and looked through before it is answered

/** What the server refused, as RFC 9457 says it: status, detail (a sentence), field, code. */
export class Problem extends Error {
  constructor({ status = 0, title = "", detail = "", field = null, type = "", ...rest }) {
    super(detail || title);
    Object.assign(this, { name: "Problem", status, title, detail: detail || title, field, rest });
    this.code = type.includes("#") ? type.split("#")[1] : "";
  }
}

let signedOut = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
/** What happens when the session has ended, instead of going to the sign-in page at once. */
export const whenSignedOut = (fn) => { signedOut = fn; };

const csrf = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

function address(path, params) {
  const url = new URL((path.startsWith("/api/") ? "" : ROOT) + path, location.origin);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== null && value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

/** A page that was open for very long, or was kept on a phone, holds an old token; the refusal brings a new one. */
async function ask(method, path, options = {}) {
  try {
    return await askOnce(method, path, options);
  } catch (problem) {
    if (problem.code !== "form_too_old" || !problem.rest?.csrf_token) throw problem;
    document.querySelector("meta[name=csrf-token]").content = problem.rest.csrf_token;
    return askOnce(method, path, options);
  }
}

async function askOnce(method, path, { params, body } = {}) {
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRFToken"] = csrf();
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address(path, params), {
      method, headers, credentials: "same-origin", signal: AbortSignal.timeout(form ? FILE_TIMEOUT_MS : TIMEOUT_MS),
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    });
  } catch (error) {
    throw new Problem({ status: 0, title: error.name, detail: t("The server cannot be reached. What you typed is kept; try again.") });
  }
  if (answer.headers.has("Date")) syncClockOnce(answer.headers.get("Date"));
  if (answer.status === 401) signedOut();
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
  const data = isJson ? await answer.json() : null;
  if (!answer.ok) {
    throw new Problem({ detail: t("The server answered {status}.", { status: answer.status }), ...(data ?? {}), status: answer.status });
  }
  return data;
}

let synced = false;
function syncClockOnce(date) {
  // The header is only good to a second; the event stream's beats, which come later, are better.
  if (!synced) syncClock(date);
  synced = true;
}

export const api = {
  get: (path, params) => ask("GET", path, { params }),
  post: (path, body = {}, params) => ask("POST", path, { body, params }),
  put: (path, body = {}) => ask("PUT", path, { body }),
  patch: (path, body = {}) => ask("PATCH", path, { body }),
  del: (path) => ask("DELETE", path),
  /** A last word while the page goes away: nobody is left to hear the answer. */
  farewell(path, body = {}) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf() };
    fetch(address(path), { method: "POST", headers, credentials: "same-origin", keepalive: true, body: JSON.stringify(body) });
  },
};

let reference = null;
/** Kinds, agencies, names, the map's place, who I am: asked for once a page. */
export function getReference() {
  reference ??= api.get("/reference");
  return reference;
}
