/** A text box with a list under it (ARIA combobox): type, arrows, Enter; the mouse works too. */
import { debounce, el, fill } from "./dom.js";

let serial = 0;

/**
 * combo(input, {search(text) → items (or a promise), row(item) → nodes, pick(item), wait_ms, openEmpty, empty})
 * Escape closes the list; Enter picks the row that is marked (the first one at the start).
 */
export function combo(input, { search, row, pick, wait_ms = 120, openEmpty = false, empty = null }) {
  const id = `combo-${++serial}`;
  const list = el("ul", { class: "combo-list", role: "listbox", id, hidden: true, "aria-label": input.getAttribute("aria-label") ?? input.placeholder });
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("autocomplete", "off");
  input.setAttribute("spellcheck", "false");
  input.after(list);

  let items = [];
  let marked = -1;
  let asked = 0;

  function show(found) {
    items = found;
    marked = items.length ? 0 : -1;
    fill(list, items.length
      ? items.map((item, i) => el("li", { role: "option", id: `${id}-${i}`, class: "combo-row",
        onpointerdown: (event) => { event.preventDefault(); choose(i); } }, row(item, i)))
      : empty && input.value.trim() ? el("li", { class: "combo-empty" }, empty) : null);
    open(list.childElementCount > 0);
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
    mark();
  }
  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) input.removeAttribute("aria-activedescendant");
  }
  function mark() {
    [...list.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === marked)));
    if (marked < 0) return;
    input.setAttribute("aria-activedescendant", `${id}-${marked}`);
    list.children[marked].scrollIntoView({ block: "nearest" });
  }
  function choose(i) {
    const item = items[i];
    asked += 1;
    open(false);
    pick(item);
  }
  async function look() {
    const turn = ++asked;
    const text = input.value.trim();
    if (!text && !openEmpty) {
      show([]);
      return;
    }
    const found = await search(text);
    // An answer that comes after a newer question is about a word that is no longer there.
    if (turn === asked && document.activeElement === input) show(found);
  }
  const lookSoon = debounce(look, wait_ms);

  input.addEventListener("input", () => { asked += 1; lookSoon(); });
  input.addEventListener("focus", () => { if (openEmpty) look(); });
  input.addEventListener("blur", () => { asked += 1; open(false); });
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        await look();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      marked = (marked + step + items.length) % Math.max(1, items.length);
      mark();
    } else if (event.key === "Enter" && !list.hidden && marked >= 0) {
      event.preventDefault();
      choose(marked);
    } else if (event.key === "Enter" && input.value.trim()) {
      // Typed faster than the list could come: ask now and take the first.
      event.preventDefault();
      await look();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      open(false);
    }
  });
  return { close: () => open(false), look };
}
