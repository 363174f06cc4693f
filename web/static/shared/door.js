/** How anything of ours asks the server, a page or a service worker: JSON in, JSON out, refusals as Problem. */

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

/**
 * door({token: {value}, words: {unreachable, answered(status)}, heard(response)}) → knock(method, url, body)
 * `token` keeps the token against forged requests; what was open for very long holds an old one, and the
 * refusal brings a new one. `heard` is told of every answer.
 */
export function door({ token, words, heard = () => {} }) {
  async function once(method, url, body) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = token.value;
    const form = body instanceof FormData;
    if (body !== undefined && !form) headers["Content-Type"] = "application/json";
    let answer, text;
    try {
      answer = await fetch(url, {
        method, headers, credentials: "same-origin", signal: AbortSignal.timeout(form ? FILE_TIMEOUT_MS : TIMEOUT_MS),
        body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      });
      text = await answer.text(); // the connection may end in the middle of it
    } catch (error) {
      throw new Problem({ status: 0, title: error.name, detail: words.unreachable });
    }
    heard(answer);
    const isJson = (answer.headers.get("Content-Type") ?? "").includes("json");
    const data = isJson ? JSON.parse(text) : null;
    if (!answer.ok) throw new Problem({ detail: words.answered(answer.status), ...(data ?? {}), status: answer.status });
    return data;
  }
  return async function knock(method, url, body) {
    try {
      return await once(method, url, body);
    } catch (problem) {
      if (problem.code !== "form_too_old" || !problem.rest?.csrf_token) throw problem;
      token.value = problem.rest.csrf_token;
      return once(method, url, body);
    }
  };
}
