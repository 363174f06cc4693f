/** Crew and equipment as text, one a line, the way the import files write them. */
const MEMBER = /^([^()]+?)\s*\(([^()]+)\)$/;
const THING = /^(.+?)(?:\s+x(\d{1,5}))?(\s+\(rusak\))?$/;

export const crewText = (crew) => crew.map((one) => `${one.name} (${one.duty_role})`).join("\n");
export const equipmentText = (things) => things.map((one) => `${one.name} x${one.quantity}${one.fit ? "" : " (rusak)"}`).join("\n");

const lines = (text) => (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);

/** [{name, duty_role}]; a line without a role answers an empty one, which the server refuses by name. */
export function readCrew(text, before = []) {
  return lines(text).map((line) => {
    const found = MEMBER.exec(line);
    const name = found ? found[1] : line;
    const phone = before.find((one) => one.name === name)?.phone ?? null;
    return { name, duty_role: found ? found[2].trim() : "", phone };
  });
}

export function readEquipment(text) {
  return lines(text).map((line) => {
    const [, name, quantity, broken] = THING.exec(line);
    return { name, quantity: Number(quantity ?? 1), fit: !broken };
  });
}
