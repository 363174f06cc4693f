/** The one door from a page to the server. */
import { door } from "./door.js";
import { t } from "./i18n.js";
import { syncClock } from "./time.js";

const ROOT = "/api/v1";

let signedOut = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
/** What happens when the session has ended, instead of going to the sign-in page at once. */
export const whenSignedOut = (fn) => { signedOut = fn; };

/** Written into the page. */
const token = {
  get value() { return document.querySelector("meta[name=csrf-token]")?.content ?? ""; },
  set value(fresh) { document.querySelector("meta[name=csrf-token]").content = fresh; },
};

function address(path, params) {
  const url = new URL((path.startsWith("/api/") ? "" : ROOT) + path, location.origin);
  for (const [name, value] of Object.entries(params ?? {})) {
    if (value !== null && value !== undefined && value !== "") url.searchParams.set(name, value);
  }
  return url;
}

let synced = false;
function syncClockOnce(date) {
  // The header is only good to a second; the event stream's beats, which come later, are better.
  if (!synced) syncClock(date);
  synced = true;
}

const knock = door({
  token,
  words: {
    unreachable: t("The server cannot be reached. What you typed is kept; try again."),
    answered: (status) => t("The server answered {status}.", { status }),
  },
  heard(answer) {
    if (answer.headers.has("Date")) syncClockOnce(answer.headers.get("Date"));
    if (answer.status === 401) signedOut();
  },
});
const ask = (method, path, { params, body } = {}) => knock(method, address(path, params), body);

export const api = {
  get: (path, params) => ask("GET", path, { params }),
  post: (path, body = {}, params) => ask("POST", path, { body, params }),
  put: (path, body = {}) => ask("PUT", path, { body }),
  patch: (path, body = {}) => ask("PATCH", path, { body }),
  del: (path) => ask("DELETE", path),
  /** A last word while the page goes away: nobody is left to hear the answer. */
  farewell(path, body = {}) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value };
    fetch(address(path), { method: "POST", headers, credentials: "same-origin", keepalive: true, body: JSON.stringify(body) });
  },
};

let reference = null;
/** Kinds, agencies, names, the map's place, who I am: asked for once a page. */
export function getReference() {
  reference ??= api.get("/reference");
  return reference;
}
