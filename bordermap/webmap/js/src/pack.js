// Reads the blocks that bordermap/webmap/packing.py writes.

export const FORMAT = 1;

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i4: Int32Array, f8: Float64Array };

export function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

// Inflates piece by piece, and lets others have their turn between pieces.
const PIECE = 1 << 17;

async function inflate(bytes, turn) {
  let at = 0;
  const pieces = new ReadableStream({
    async pull(control) {
      if (at) await turn?.();
      if (at < bytes.length) control.enqueue(bytes.subarray(at, (at += PIECE)));
      else control.close();
    },
  });
  return new Uint8Array(await new Response(pieces.pipeThrough(new DecompressionStream("deflate"))).arrayBuffer());
}

// With `turn`, a function that waits for others, a long pack does not hold up the page.
export async function unpack(text, encoding, turn) {
  const bytes = fromBase64(text.trim());
  return new Pack(encoding === "deflate" ? await inflate(bytes, turn) : bytes);
}

export class Pack {
  constructor(bytes) {
    const { buffer, byteOffset } = bytes;
    const size = new DataView(buffer, byteOffset).getUint32(0, true);
    this.facts = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
    if (this.facts.format !== FORMAT) throw new Error(`pack of format ${this.facts.format}`);
    this.begin = byteOffset + Math.ceil((4 + size) / 8) * 8;
    this.buffer = buffer;
  }

  has(name) {
    return name in this.facts.arrays;
  }

  array(name) {
    const [code, at, length] = this.facts.arrays[name];
    return new ARRAYS[code](this.buffer, this.begin + at, length);
  }

  words(name) {
    return new Words(this.array(`${name}.text`), this.array(`${name}.lengths`));
  }
}

// A table of strings, kept as one string: it is sliced when asked and searched in one scan.
export class Words {
  constructor(bytes, lengths) {
    this.all = new TextDecoder().decode(bytes);
    this.ends = new Uint32Array(lengths.length + 1);
    for (let i = 0; i < lengths.length; i++) this.ends[i + 1] = this.ends[i] + lengths[i];
  }

  get length() {
    return this.ends.length - 1;
  }

  at(i) {
    return this.all.slice(this.ends[i], this.ends[i + 1]);
  }

  // Numbers of the entries that hold the words, upper and lower case alike.
  search(words, found) {
    const { text, ends } = this.folded();
    let from = 0;
    let row = 0;
    while ((from = text.indexOf(words, from)) >= 0) {
      row = entryAt(ends, from, row);
      if (from + words.length <= ends[row + 1]) {
        found(row);
        from = ends[row + 1];
      } else from += 1; // it began in one entry and ended in the next
    }
  }

  folded() {
    if (!this.fold) {
      const text = fold(this.all);
      if (text.length === this.all.length) this.fold = { text, ends: this.ends };
      else {
        const parts = Array.from({ length: this.length }, (_, i) => fold(this.at(i)));
        const ends = new Uint32Array(parts.length + 1);
        parts.forEach((part, i) => { ends[i + 1] = ends[i] + part.length; });
        this.fold = { text: parts.join(""), ends };
      }
    }
    return this.fold;
  }
}

export const fold = (text) => text.toLowerCase();

// The entry in which a position lies; entries may be empty.
function entryAt(ends, position, low) {
  let high = ends.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ends[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

// Rings of each geometry: flat arrays of longitude and latitude in degrees.
export function shapes(pack, name) {
  const step = pack.facts.step[name];
  const counts = pack.array(`${name}.rings`);
  const closed = pack.array(`${name}.closed`);
  const sizes = pack.array(`${name}.sizes`);
  const bytes = pack.array(`${name}.steps`);
  let at = 0;
  const next = () => {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  let ring = 0;
  return Array.from(counts, (count, i) => {
    const rings = [];
    for (let k = 0; k < count; k++) {
      const flat = new Float64Array(sizes[ring++] * 2);
      let x = 0;
      let y = 0;
      for (let v = 0; v < flat.length; v += 2) {
        flat[v] = (x += next()) * step;
        flat[v + 1] = (y += next()) * step;
      }
      rings.push(flat);
    }
    return { closed: closed[i] === 1, rings };
  });
}
