/** The way to the shift's page in the head of a console, with how much is new in the shift's chat. */
import { el, fill, find, icon } from "./dom.js";
import { t } from "./i18n.js";
import { readUnread, unreadBadge, watchUnread } from "./chat.js";

/** A link in the head; loud when somebody of the shift said something. */
export function shiftCorner() {
  const link = el("a", { class: "button shift-corner", href: "/handover", title: t("Hand-over and chat of the shift"), hidden: true });
  find(".topbar-extra").append(link);
  watchUnread((rows) => {
    const shift = rows.find((row) => row.incident_id === null);
    link.hidden = !shift;
    if (shift) fill(link, icon("people"), el("span", {}, t("Shift")), unreadBadge(shift.unread));
  });
  readUnread();
}
