/** Reads Mapbox Vector Tiles: what our own server makes of a layer, as features in the tile's own units. */
import { PbfReader } from "/vendor/pbf/index.js";

const POLYGON = 3;
const [MOVE_TO, CLOSE_PATH] = [1, 7];

/** How each kind of value of the specification (2.1, 4.1) is read, by its field. */
const VALUES = {
  1: (pbf) => pbf.readString(), 2: (pbf) => pbf.readFloat(), 3: (pbf) => pbf.readDouble(), 4: (pbf) => pbf.readVarint(true),
  5: (pbf) => pbf.readVarint(), 6: (pbf) => pbf.readSVarint(), 7: (pbf) => pbf.readBoolean(),
};

function readValue(field, value, pbf) {
  value.is = VALUES[field](pbf);
}

function readFeature(field, feature, pbf) {
  if (field === 2) pbf.readPackedVarint(feature.tags);
  else if (field === 3) feature.kind = pbf.readVarint();
  else if (field === 4) pbf.readPackedVarint(feature.commands);
}

function readLayer(field, layer, pbf) {
  if (field === 1) layer.name = pbf.readString();
  else if (field === 2) layer.raw.push(pbf.readMessage(readFeature, { kind: 0, tags: [], commands: [] }));
  else if (field === 3) layer.keys.push(pbf.readString());
  else if (field === 4) layer.values.push(pbf.readMessage(readValue, { is: null }).is);
  else if (field === 5) layer.extent = pbf.readVarint();
}

const unzigzag = (value) => (value >> 1) ^ -(value & 1);

/** Parts of a geometry: each a list of [x, y]; a point's parts have one, a ring ends where it began. */
function partsOf({ commands, kind }) {
  const parts = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < commands.length;) {
    const [command, times] = [commands[i] & 7, commands[i] >> 3];
    i += 1;
    if (command === CLOSE_PATH) {
      const ring = parts.at(-1);
      ring.push(ring[0]);
      continue;
    }
    for (let n = 0; n < times; n += 1, i += 2) {
      x += unzigzag(commands[i]);
      y += unzigzag(commands[i + 1]);
      if (command === MOVE_TO) parts.push([[x, y]]);
      else parts.at(-1).push([x, y]);
    }
  }
  return kind === 1 ? parts : parts.filter((part) => part.length > (kind === POLYGON ? 3 : 1));
}

function propertiesOf({ tags }, { keys, values }) {
  const properties = {};
  for (let i = 0; i < tags.length; i += 2) properties[keys[tags[i]]] = values[tags[i + 1]];
  return properties;
}

/** readTile(bytes) → [{name, extent, features: [{kind: 1 point | 2 line | 3 polygon, properties, parts}]}] */
export function readTile(bytes) {
  const read = [];
  new PbfReader(bytes).readFields((field, layers, pbf) => {
    if (field === 3) layers.push(pbf.readMessage(readLayer, { name: "", extent: 4096, raw: [], keys: [], values: [] }));
  }, read);
  return read.map((layer) => ({
    name: layer.name, extent: layer.extent,
    features: layer.raw.map((raw) => ({ kind: raw.kind, properties: propertiesOf(raw, layer), parts: partsOf(raw) })),
  }));
}
