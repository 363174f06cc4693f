/** The kind of emergency by typing: a number, or any letters of its name in either language. */
import { el, icon } from "../shared/dom.js";
import { combo } from "../shared/combo.js";
import { localName } from "../shared/i18n.js";
import { iconName, priorityBadge } from "../shared/status.js";
import { findKind, state } from "./state.js";

/** Kinds in the order of the facts: each kind, then its sub-kinds, numbered 1, 1.1, 1.2, 2, … */
function numbered() {
  const kinds = state.reference.kinds.filter((k) => k.active !== false);
  return kinds.filter((k) => !k.parent_code).flatMap((kind, i) => [
    { kind, code: String(i + 1) },
    ...kinds.filter((k) => k.parent_code === kind.code).map((sub, j) => ({ kind: sub, parent: kind, code: `${i + 1}.${j + 1}` })),
  ]);
}

const words = (kind) => `${kind.name_id} ${kind.name_en} ${kind.code.replace(/[._]/g, " ")}`.toLowerCase();

/** A row is better the earlier its name begins with what was typed. */
function score(entry, text) {
  if (/^\d/.test(text)) {
    const typed = text.replace(/^(\d)[ ,.]?(\d.*)$/, "$1.$2");
    return entry.code === typed ? 0 : entry.code.startsWith(typed) ? 1 : null;
  }
  const all = words(entry.kind) + (entry.parent ? ` ${words(entry.parent)}` : "");
  const parts = text.toLowerCase().split(/\s+/);
  if (!parts.every((part) => all.includes(part))) return null;
  const own = words(entry.kind);
  if (own.startsWith(parts[0])) return entry.parent ? 1 : 0;
  if (own.includes(` ${parts[0]}`)) return 2;
  return own.includes(parts[0]) ? 3 : 4;
}

export function searchKinds(input, { pick }) {
  return combo(input, {
    wait_ms: 0,
    openEmpty: true,
    search: (text) => {
      if (!text) return numbered().filter((e) => !e.parent);
      return numbered().map((entry) => ({ entry, rank: score(entry, text) })).filter(({ rank }) => rank !== null)
        .sort((a, b) => a.rank - b.rank).map(({ entry }) => entry);
    },
    row: ({ kind, parent, code }) => [icon(iconName(kind.icon)),
      el("span", {}, localName(kind), parent && el("small", {}, localName(parent))),
      el("span", { class: "combo-end" }, code, " ", priorityBadge(kind.default_priority))],
    pick: ({ kind }) => pick(kind),
  });
}

export const kindLabel = (code) => localName(findKind(code));
