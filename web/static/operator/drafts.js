/** Intakes in progress, one a call: kept in sessionStorage, so that a reload or a second call loses nothing. */
import { draft } from "../shared/form.js";

const EMPTY = {
  caller_number: "", caller_name: "", search: "", address: "", verified: false, kind: null, kind_text: "",
  priority: null, priority_chosen: false, description: "", needs: "", place: null,
};

/** The draft of one call: {values, save(changes), clear()}; place is {lon, lat, accuracy_m, method, label} or null. */
export function draftOf(call) {
  const kept = draft(`call-${call.id}`);
  const given = call.location && call.location.lon !== null
    ? { lon: call.location.lon, lat: call.location.lat, accuracy_m: call.location.accuracy_m, method: call.location.method ?? "aml", label: "" } : null;
  const values = { ...EMPTY, caller_number: call.caller_number ?? "", caller_name: call.caller_name ?? "", place: given, ...(kept.load() ?? {}) };
  return {
    values,
    save(changes) {
      Object.assign(values, changes);
      kept.save(values);
    },
    clear: () => kept.clear(),
  };
}
