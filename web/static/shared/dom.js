/** Make and find elements without ever gluing HTML from strings. */

const SVG = "http://www.w3.org/2000/svg";
const SPRITE = "/static/icons.svg";

/** Put the drawings into the page: a warning must not lack its sign because the server is gone. */
async function inlineSprite() {
  const answer = await fetch(SPRITE);
  if (!answer.ok) return false;
  const sprite = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  for (const symbol of sprite.children) symbol.id = `icon-${symbol.id}`;
  sprite.setAttribute("aria-hidden", "true");
  sprite.setAttribute("class", "visually-hidden");
  document.body.prepend(document.importNode(sprite, true));
  return true;
}
const inlined = await inlineSprite();

/** el("p", {class: "muted", onclick: fn, dataset: {id: 1}}, "text", child, [more]) */
export function el(tag, attrs = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...kids(children));
  return node;
}

function kids(children) {
  return children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
}

/** Replace everything inside a node. */
export function fill(node, ...children) {
  node.replaceChildren(...kids(children));
  return node;
}

/** One drawing of the sprite; hidden from screen readers unless it has a label of its own. */
export function icon(name, { label = null, large = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", large ? "icon icon-l" : "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", inlined ? `#icon-${name}` : `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

/** Listen on the document for an event on any element, now or later, that matches the selector. */
export function on(selector, event, fn, options) {
  document.addEventListener(event, (e) => {
    const target = e.target instanceof Element ? e.target.closest(selector) : null;
    if (target) fn(e, target);
  }, options);
}

export const find = (selector, root = document) => root.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A button; pass `icon` (sprite name), `key` (shown as a key cap), `tone` (primary, danger, …). */
export function button(label, onclick, { icon: drawing, key, tone, type = "button", ...attrs } = {}) {
  const classes = ["button", tone && `button-${tone}`, attrs.class].filter(Boolean).join(" ");
  return el("button", { type, onclick, ...attrs, class: classes },
    drawing && icon(drawing), el("span", {}, label), key && el("kbd", {}, key));
}

/** Collect calls that come in bursts into one, `wait_ms` after the last. */
export function debounce(fn, wait_ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait_ms);
  };
}
