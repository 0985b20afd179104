// The incident table in the page: columns as they travelled, rows read when asked.
import { shapes } from "./pack.js";
import { worldX, worldY } from "./project.js";

export const NONE = -(2 ** 31);

export class Incidents {
  constructor(pack) {
    this.pack = pack;
    this.length = pack.facts.rows;
    this.columns = pack.facts.columns;
    this.cache = new Map();
    const lon = (this.lon = pack.array("lon"));
    const lat = (this.lat = pack.array("lat"));
    this.x = new Float64Array(this.length);
    this.y = new Float64Array(this.length);
    for (let i = 0; i < this.length; i++) {
      // NaN compares false with every bound, so rows without a point are never drawn.
      this.x[i] = lon[i] === NONE ? NaN : worldX(lon[i] / 1e6);
      this.y[i] = lon[i] === NONE ? NaN : worldY(lat[i] / 1e6);
    }
    this.shapes = pack.has("shape") ? shapes(pack, "shapes") : [];
    this.shape = pack.has("shape") ? pack.array("shape") : new Int32Array(this.length).fill(NONE);
    if (this.shapes.length) {
      const spots = pack.array("shapes.anchor");
      this.shapes.forEach((shape, i) => {
        shape.anchor = [spots[2 * i] / 1e6, spots[2 * i + 1] / 1e6];
      });
    }
    this.placed = new Uint8Array(this.length);
    for (let i = 0; i < this.length; i++) this.placed[i] = lon[i] !== NONE || this.shape[i] !== NONE ? 1 : 0;
    this.start = this.days("date_start");
    this.end = this.days("date_end");
  }

  has(name) {
    return Object.hasOwn(this.columns, name);
  }

  // The columns that came later: a large map draws before it has read all its words.
  takeIn(pack) {
    const both = new Map([...Object.entries(this.columns), ...Object.entries(pack.facts.columns).map(([name, column]) => [name, { ...column, pack }])]);
    const columns = {};
    for (const name of pack.facts.order) {
      // A column may be called __proto__, which an assignment would take for something else.
      if (both.has(name)) Object.defineProperty(columns, name, { value: both.get(name), enumerable: true, configurable: true });
    }
    this.columns = columns;
    for (const name of Object.keys(pack.facts.columns)) {
      this.cache.delete(name);
      this.cache.delete(`coded ${name}`);
    }
  }

  kept(name, make) {
    if (!this.cache.has(name)) this.cache.set(name, make());
    return this.cache.get(name);
  }

  // A text column's table of different words, and each row's number in it (-1: none).
  coded(name) {
    return this.kept(`coded ${name}`, () => {
      const column = this.columns[name];
      if (!column || column.type !== "text") return null;
      const pack = column.pack ?? this.pack;
      const words = pack.words(column.array);
      if (column.none === undefined) return { words, code: (i) => i };
      const rows = pack.array(`${column.array}.rows`);
      return { words, rows, code: (i) => (rows[i] === column.none ? -1 : rows[i]) };
    });
  }

  text(name, i) {
    const coded = this.coded(name);
    if (!coded) return null;
    const code = coded.code(i);
    return code < 0 ? null : coded.words.at(code);
  }

  // Rows as numbers into a fixed list of words; words outside it and none get the list's length.
  codesAmong(name, list) {
    const out = new Uint8Array(this.length).fill(list.length);
    const coded = this.coded(name);
    if (!coded) return out;
    const place = new Map(list.map((word, i) => [word, i]));
    const translated = Uint8Array.from({ length: coded.words.length }, (_, c) => place.get(coded.words.at(c)) ?? list.length);
    const { rows } = coded;
    // Where a row has no word its number is past the table's end.
    for (let i = 0; i < this.length; i++) out[i] = translated[rows ? rows[i] : i] ?? list.length;
    return out;
  }

  number(name, i) {
    const column = this.columns[name];
    if (!column) return null;
    const value = this.kept(name, () => (column.pack ?? this.pack).array(column.array))[i];
    if (column.type === "float") return Number.isNaN(value) ? null : value;
    return value === NONE ? null : value / (column.steps ?? 1);
  }

  days(name) {
    const column = this.columns[name];
    return column ? this.kept(name, () => (column.pack ?? this.pack).array(column.array)) : new Int32Array(this.length).fill(NONE);
  }

  day(name, i) {
    const column = this.columns[name];
    if (!column) return null;
    const value = this.days(name)[i];
    return value === NONE ? null : value;
  }

  value(name, i) {
    const type = this.columns[name]?.type;
    if (type === "text") return this.text(name, i);
    return type === "day" ? this.day(name, i) : this.number(name, i);
  }

  hasPoint(i) {
    return this.lon[i] !== NONE;
  }

  hasShape(i) {
    return this.shape[i] !== NONE;
  }

  isPlaced(i) {
    return this.placed[i] === 1;
  }

  lonLat(i) {
    if (this.hasPoint(i)) return [this.lon[i] / 1e6, this.lat[i] / 1e6];
    return this.hasShape(i) ? this.shapes[this.shape[i]].anchor : null;
  }

  // Rows whose words hold the query, as a mask; all words of the query must be in some column.
  matching(query, names) {
    const parts = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (!parts.length) return null;
    const hits = new Uint8Array(this.length);
    parts.forEach((part, nth) => {
      for (const name of names) {
        const coded = this.coded(name);
        if (!coded) continue;
        const found = new Uint8Array(coded.words.length);
        coded.words.search(part, (entry) => { found[entry] = 1; });
        for (let i = 0; i < this.length; i++) {
          const code = coded.code(i);
          if (code >= 0 && found[code] && hits[i] === nth) hits[i] = nth + 1;
        }
      }
    });
    for (let i = 0; i < this.length; i++) hits[i] = hits[i] === parts.length ? 1 : 0;
    return hits;
  }

  find(id) {
    const coded = this.coded("id");
    if (!coded) return -1;
    for (let i = 0; i < this.length; i++) {
      const code = coded.code(i);
      if (code >= 0 && coded.words.at(code) === id) return i;
    }
    return -1;
  }
}
