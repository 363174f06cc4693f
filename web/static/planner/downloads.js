/** What can be taken along: the period's map and list, the month's report on paper and as a spreadsheet. */
import { button, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";

const link = (href, label, drawing = "download") => el("a", { class: "button", href, download: "" }, icon(drawing), el("span", {}, label));

const COLUMNS = ["number", "received_at", "kind", "priority", "lon", "lat", "total_response_s"];

/** Rows as CSV (RFC 4180), with the mark that lets spreadsheets see it is UTF-8. */
export function csv(points) {
  const cell = (value) => (/[",\n]/.test(String(value ?? "")) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
  return `\ufeff${[COLUMNS, ...points.map((point) => COLUMNS.map((name) => point[name]))].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function save(name, text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const anchor = el("a", { href, download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

export function periodDownloads(node, params, name, points) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value));
  fill(node, link(`/api/v1/maps/incidents.html?${query}`, t("Map (one HTML file)"), "map"),
    button(t("List (CSV)"), () => save(`${name}.csv`, csv(points)), { icon: "download", disabled: points.length === 0 }));
}

export function monthDownloads(node, month) {
  const base = `/api/v1/reports/monthly/${month}`;
  fill(node, month ? [link(`${base}.pdf`, t("Report (PDF)"), "document"), link(`${base}.xlsx`, t("Report (XLSX)"), "document")]
    : el("span", { class: "muted" }, t("Choose a month.")));
}
