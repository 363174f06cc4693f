/** A list that is longer than its place shows itself page after page; nobody has to scroll. */
import { fill } from "../shared/dom.js";

const TURN_EVERY_MS = 8000;

/** pages(list, mark, row(item) → node) → {set(items)}: what is first in the list is on the first page. */
export function pages(list, mark, row) {
  let items = [];
  let page = 0;
  let per = 1;

  function draw() {
    const count = Math.max(1, Math.ceil(items.length / per));
    page %= count;
    fill(list, items.slice(page * per, (page + 1) * per).map(row));
    mark.textContent = count > 1 ? `${page + 1} / ${count}` : "";
  }

  /** How many rows there is room for, found by looking at one. */
  function measure() {
    if (!items.length) return;
    fill(list, row(items[0]));
    const gap = parseFloat(getComputedStyle(list).rowGap) || 0;
    const height = list.firstElementChild.getBoundingClientRect().height + gap;
    per = Math.max(1, Math.floor((list.clientHeight + gap) / height));
  }

  new ResizeObserver(() => { measure(); draw(); }).observe(list);
  setInterval(() => { page += 1; draw(); }, TURN_EVERY_MS);
  return {
    set(next) {
      const first = !items.length && next.length;
      items = next;
      if (first) measure();
      draw();
    },
  };
}
