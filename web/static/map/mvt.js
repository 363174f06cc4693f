/** Reads Mapbox Vector Tiles: what our own server makes of a layer, as features in the tile's own units. */

const TEXT = new TextDecoder();
const POINT = 1;
const POLYGON = 3;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  get more() { return this.at < this.bytes.length; }

  varint() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * scale; // not <<: numbers of events and moments go past 32 bits
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  signed() {
    const value = this.varint();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }

  part() {
    const size = this.varint();
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  skip(wire) {
    if (wire === 0) this.varint();
    else if (wire === 1) this.at += 8;
    else if (wire === 2) this.part();
    else if (wire === 5) this.at += 4;
    else throw new Error(`A tile cannot have wire type ${wire}.`);
  }
}

/** Calls fn(field, wire, reader) for each field; what it does not read is skipped. */
function fields(bytes, fn) {
  const reader = new Reader(bytes);
  while (reader.more) {
    const key = reader.varint();
    const before = reader.at;
    fn(key >> 3, reader);
    if (reader.at === before) reader.skip(key & 7);
  }
}

function valueOf(bytes) {
  let value = null;
  fields(bytes, (field, reader) => {
    if (field === 1) value = TEXT.decode(reader.part());
    else if (field === 2) { value = reader.view.getFloat32(reader.at, true); reader.at += 4; }
    else if (field === 3) { value = reader.view.getFloat64(reader.at, true); reader.at += 8; }
    else if (field === 4 || field === 5) value = reader.varint();
    else if (field === 6) value = reader.signed();
    else if (field === 7) value = reader.varint() === 1;
  });
  return value;
}

function packed(bytes) {
  const reader = new Reader(bytes);
  const numbers = [];
  while (reader.more) numbers.push(reader.varint());
  return numbers;
}

const unzigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** Parts of a geometry: each a list of [x, y]; a point's parts have one, a ring ends where it began. */
function partsOf(commands, kind) {
  const parts = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < commands.length;) {
    const [command, times] = [commands[i] & 7, commands[i] >> 3];
    i += 1;
    if (command === 7) {
      const ring = parts.at(-1);
      ring.push(ring[0]);
      continue;
    }
    for (let n = 0; n < times; n += 1, i += 2) {
      x += unzigzag(commands[i]);
      y += unzigzag(commands[i + 1]);
      if (command === 1) parts.push([[x, y]]);
      else parts.at(-1).push([x, y]);
    }
  }
  return kind === POINT ? parts : parts.filter((part) => part.length > (kind === POLYGON ? 3 : 1));
}

function readLayer(bytes) {
  const layer = { name: "", extent: 4096, features: [] };
  const [raw, keys, values] = [[], [], []];
  fields(bytes, (field, reader) => {
    if (field === 1) layer.name = TEXT.decode(reader.part());
    else if (field === 2) raw.push(reader.part());
    else if (field === 3) keys.push(TEXT.decode(reader.part()));
    else if (field === 4) values.push(valueOf(reader.part()));
    else if (field === 5) layer.extent = reader.varint();
  });
  for (const one of raw) {
    const feature = { kind: 0, properties: {}, parts: [] };
    let [tags, commands] = [[], []];
    fields(one, (field, reader) => {
      if (field === 2) tags = packed(reader.part());
      else if (field === 3) feature.kind = reader.varint();
      else if (field === 4) commands = packed(reader.part());
    });
    for (let i = 0; i < tags.length; i += 2) feature.properties[keys[tags[i]]] = values[tags[i + 1]];
    feature.parts = partsOf(commands, feature.kind);
    layer.features.push(feature);
  }
  return layer;
}

/** readTile(bytes) → [{name, extent, features: [{kind: 1 point | 2 line | 3 polygon, properties, parts}]}] */
export function readTile(bytes) {
  const layers = [];
  fields(bytes, (field, reader) => { if (field === 3) layers.push(readLayer(reader.part())); });
  return layers;
}
