/**
 * Joins the scripts of each page into few files, so that a screen is there sooner: a browser asks for ten files and not
 * for eighty. What is written for people stays in web/static; this writes web/joined, which the pages name in its place
 * while it was made from just these scripts. Run by script/setup.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WEB = fileURLToPath(new URL("./", import.meta.url));
const SOURCE = join(WEB, "static");
const JOINED = join(WEB, "joined");
const FRAME = { named: 'extends "base.html"', script: "shared/shell.js" };
const FIRST = /set first_script = "([^"]+)"/;
const BACKGROUND = "field/background.js";
const NAMED_LAST = ["main.js", "pairing.js"];

const there = (name) => existsSync(join(SOURCE, name));

/** The scripts that a page names itself: what they share is loaded once, so they are joined together. */
function scriptsOf(page) {
  const template = readFileSync(join(WEB, "templates", `${page}.html`), "utf8");
  const first = FIRST.exec(template)?.[1];
  return [
    ...(template.includes(FRAME.named) ? [FRAME.script] : []),
    ...(first ? [`${first}.js`] : []),
    ...NAMED_LAST.map((name) => `${page}/${name}`).filter(there),
  ];
}

const pages = readdirSync(SOURCE).filter((name) => there(`${name}/main.js`)).map((name) => [name, scriptsOf(name)]);
pages.push(["shared", [FRAME.script]]); // pages that are no console

rmSync(JOINED, { recursive: true, force: true });
for (const [page, entryPoints] of pages) {
  await build({
    absWorkingDir: SOURCE,
    entryPoints,
    outbase: SOURCE,
    outdir: join(JOINED, page),
    chunkNames: "[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    charset: "utf8",
    target: "es2022",
    external: ["/vendor/*"],
    logLevel: "warning",
  });
}

// A service worker is one script of the old kind: with all it imports in it.
await build({
  absWorkingDir: SOURCE,
  entryPoints: [BACKGROUND],
  outbase: SOURCE,
  outdir: join(JOINED, "field"),
  bundle: true,
  format: "iife",
  minifyWhitespace: true, // and so without the links in its library's comments
  charset: "utf8",
  target: "es2022",
  plugins: [{
    name: "vendor",
    setup: (joining) => joining.onResolve({ filter: /^\/vendor\// }, ({ path }) => ({ path: join(WEB, "../node_modules", path.slice("/vendor/".length)) })),
  }],
  logLevel: "warning",
});

const scripts = readdirSync(SOURCE, { recursive: true }).filter((name) => name.endsWith(".js"));
const hash = (name) => createHash("sha256").update(readFileSync(join(SOURCE, name))).digest("hex");
// The last thing written: a joining that broke off is none.
writeFileSync(join(JOINED, "made_from.json"), JSON.stringify(Object.fromEntries(scripts.sort().map((name) => [name, hash(name)])), null, 1));
