/** A QR code as a drawing of our own page: nothing is asked of anybody. */
import qrcode from "/vendor/qrcode-generator/dist/qrcode.mjs";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/** qr("owntracks:///…", {label}) → svg; dark on light in every theme, because cameras want it so. */
export function qr(text, { label }) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const many = code.getModuleCount();
  const side = many + 2 * QUIET;
  const path = [];
  for (let row = 0; row < many; row += 1) {
    for (let column = 0; column < many; column += 1) if (code.isDark(row, column)) path.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`);
  }
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${side} ${side}`, class: "qr", role: "img", "aria-label": label, "shape-rendering": "crispEdges" })) {
    svg.setAttribute(name, value);
  }
  const ground = document.createElementNS(SVG, "rect");
  for (const name of ["width", "height"]) ground.setAttribute(name, side);
  ground.setAttribute("class", "qr-ground");
  const ink = document.createElementNS(SVG, "path");
  ink.setAttribute("d", path.join(""));
  svg.append(ground, ink);
  return svg;
}
