/** The title of the tab, with the marks that call somebody back to it: each part of a page sets its own. */
const plain = document.title;
const marks = new Map();

/** markTitle("calls", "(2)"): an empty mark goes away. */
export function markTitle(name, mark) {
  if ((marks.get(name) ?? "") === mark) return;
  marks.set(name, mark);
  document.title = [...marks.values(), plain].filter(Boolean).join(" ");
}
