// Incidents counted in the squares of a grid: what bordermap/webmap/cells.py packs.
//
// Four tables hold the same incidents: by facets and time, by time, by facets, and by
// square alone. Each is as fine as its size allows, so the page takes the finest that
// can answer what is filtered. Four squares of a level are one of the level above.
import { floorTo, nextAfter } from "./axis.js";
import { shapes } from "./pack.js";
import { Filter } from "./filter.js";
import { NONE } from "./incidents.js";

const FACETS = ["kind", "side", "zone"];

export class Cells {
  constructor(pack) {
    this.facts = pack.facts;
    this.facets = Object.fromEntries(FACETS.map((name) => [name, column(pack, name)]));
    this.facetCount = this.facets.kind.length;
    this.first = pack.array("times.first");
    this.last = pack.array("times.last");
    this.exact = pack.array("times.exact");
    this.tables = pack.facts.tables.map((about, k) => new Table(pack, `t${k}`, about));
    this.areas = new Table(pack, "areas", { level: 0, facet: true, time: true });
    this.shapes = shapes(pack, "shapes");
    const spots = pack.array("shapes.anchor");
    this.shapes.forEach((shape, i) => { shape.anchor = [spots[2 * i] / 1e6, spots[2 * i + 1] / 1e6]; });
    const [en, ko] = ["shapes.name", "shapes.name_ko"].map((name) => column(pack, name));
    this.shapeNames = en.map((name, i) => ({ en: name, ko: ko[i] }));
    this.singleShape = pack.array("single.shape");
    this.totals = new Totals(this);
  }

  // The finest table that tells apart what is filtered.
  tableFor({ byFacet, byTime }) {
    return this.tables.filter((table) => (!byFacet || table.facet) && (!byTime || table.time)).reduce((a, b) => (b.level > a.level ? b : a));
  }
}

// A text column's words, row by row; null where there is none.
function column(pack, name) {
  const { array, none } = pack.facts.columns[name];
  const words = pack.words(array);
  if (none === undefined) return Array.from({ length: words.length }, (_, i) => words.at(i));
  return Array.from(pack.array(`${array}.rows`), (code) => (code === none ? null : words.at(code)));
}

class Table {
  constructor(pack, name, { level, facet, time }) {
    this.level = level;
    this.x = pack.array(`${name}.x`);
    this.y = pack.array(`${name}.y`);
    this.ends = pack.array(`${name}.ends`);
    this.facet = facet ? pack.array(`${name}.facet`) : null;
    this.time = time ? pack.array(`${name}.time`) : null;
    this.count = pack.array(`${name}.count`);
    this.levels = new Map();
  }

  // How many of each square the filter lets through.
  sums(facetOn, timeOn) {
    const { ends, facet, time, count } = this;
    const out = new Float64Array(ends.length);
    for (let cell = 0, i = 0; cell < ends.length; cell++) {
      let sum = 0;
      for (const end = ends[cell]; i < end; i++) {
        if ((facet === null || facetOn[facet[i]]) && (time === null || timeOn[time[i]])) sum += count[i];
      }
      out[cell] = sum;
    }
    return out;
  }

  // The squares of a level that is not finer than the table's, and in which of them each of ours lies.
  at(level) {
    if (!this.levels.has(level)) {
      const shift = this.level - level;
      const places = new Map();
      const [xs, ys] = [[], []];
      const of = new Uint32Array(this.x.length);
      for (let cell = 0; cell < of.length; cell++) {
        const [x, y] = [this.x[cell] >> shift, this.y[cell] >> shift];
        const key = y * 65536 + x;
        let place = places.get(key);
        if (place === undefined) {
          places.set(key, (place = xs.length));
          xs.push(x);
          ys.push(y);
        }
        of[cell] = place;
      }
      this.levels.set(level, { x: Int32Array.from(xs), y: Int32Array.from(ys), of, places });
    }
    return this.levels.get(level);
  }
}

// The counts of a whole table, for the key and the timeline: rows that weigh more than one.
class Totals {
  constructor({ tables, areas, first, last, exact, facets, facetCount }) {
    const grid = new Map();
    for (const { facet, time, count } of [tables[0], areas]) {
      for (let i = 0; i < count.length; i++) {
        const key = time[i] * facetCount + facet[i];
        grid.set(key, (grid.get(key) ?? 0) + count[i]);
      }
    }
    const keys = [...grid.keys()].sort((a, b) => a - b);
    this.length = keys.length;
    this.facets = facets;
    this.weight = Float64Array.from(keys, (key) => grid.get(key));
    this.facet = Uint32Array.from(keys, (key) => key % facetCount);
    const times = keys.map((key) => Math.floor(key / facetCount));
    this.start = Int32Array.from(times, (time) => first[time]);
    this.end = Int32Array.from(times, (time) => last[time]);
    this.exact = Uint8Array.from(times, (time) => exact[time]);
  }

  codesAmong(name, list) {
    const words = this.facets[name];
    const codes = words.map((word) => (list.includes(word) ? list.indexOf(word) : list.length));
    return Uint8Array.from(this.facet, (facet) => codes[facet]);
  }

  coded(name) {
    const words = [...new Set(this.facets[name].filter((word) => word !== null))];
    return { words: { length: words.length, at: (i) => words[i] } };
  }

  matching() {
    return null; // counts have no words
  }
}

// What is shown: of the counts, and in step with them of the single incidents.
export class CellFilter extends Filter {
  constructor(cells, incidents, kinds, sides) {
    super(cells.totals, kinds, sides);
    this.cells = cells;
    this.single = new Filter(incidents, kinds, sides);
    this.mark();
  }

  get total() {
    return this.cells.facts.rows;
  }

  setFacet(name, off) {
    super.setFacet(name, off);
    this.single.setFacet(name, off);
  }

  // Counts know whole units of time only: a window takes in the units it touches.
  setTime(time, undated = this.undated) {
    const { unit } = this.cells.facts;
    const whole = time && [floorTo(time[0], unit), nextAfter(floorTo(time[1], unit), unit) - 1];
    super.setTime(whole, undated);
    this.single.setTime(whole, undated);
  }

  setWords(words) {
    this.words = words;
    this.single.setWords(words);
  }

  finish() {
    super.finish();
    if (!this.cells) return; // the first time, from within the constructor above ours
    this.single.finish();
    this.mark();
  }

  rows() {
    return this.single.rows();
  }

  // Which facets and times are let through, by their numbers.
  mark() {
    const { cells, facets, time, undated } = this;
    this.facetOn = new Uint8Array(cells.facetCount).fill(1);
    for (const [name, { off, values }] of Object.entries(facets)) {
      cells.facets[name].forEach((word, i) => { if (off.has(values.includes(word) ? word : "none")) this.facetOn[i] = 0; });
    }
    this.timeOn = Uint8Array.from(cells.first, (first, i) => {
      if (first === NONE) return undated ? 1 : 0;
      return time && (first > time[1] || cells.last[i] < time[0]) ? 0 : 1;
    });
    this.byFacet = this.facetOn.includes(0);
    this.byTime = this.timeOn.includes(0);
    this.turn = (this.turn ?? 0) + 1;
  }
}
