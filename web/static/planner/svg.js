/** SVG by hand: shapes with classes, so that colours stay in the style sheet. */
const SVG = "http://www.w3.org/2000/svg";

/** shape("rect", {x: 1, class: "bar"}, child…) */
export function shape(name, attrs = {}, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attrs)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A drawing with a title and a description that are read out instead of it. */
export function drawing(width, height, { title, description, ...attrs }, ...children) {
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${title}. ${description}`, ...attrs },
    ...children);
}

export const words = (x, y, text, attrs = {}) => shape("text", { x, y, ...attrs }, String(text));

/** Hovering says what a mark stands for. */
export const tip = (text) => shape("title", {}, text);

/** A round number not below the largest value, and the steps to it. */
export function scale(largest, steps = 3) {
  const raw = Math.max(largest, 1) / steps;
  const ten = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * ten).find((n) => n >= raw));
  const top = Math.max(step, Math.ceil(largest / step) * step);
  return { top, ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step) };
}
