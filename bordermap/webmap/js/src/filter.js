// Which incidents are shown: one byte an incident, one bit a reason against it.
import { NONE } from "./incidents.js";

export const KIND = 1;
export const SIDE = 2;
export const ZONE = 4;
export const TIME = 8;
export const WORDS = 16;

const SEARCHED = ["title", "place", "place_name", "place_name_ko", "source_title", "summary", "actor", "target", "claimed_by"];
export const BARE = "none";

export class Filter {
  constructor(incidents, kinds, sides) {
    this.incidents = incidents;
    this.facets = {
      kind: facet(incidents, "kind", kinds, KIND),
      side: facet(incidents, "side", [...sides, "unsure"], SIDE),
      zone: facet(incidents, "zone", zonesOf(incidents), ZONE),
    };
    this.against = new Uint8Array(incidents.length);
    this.mask = new Uint8Array(incidents.length).fill(1);
    this.words = "";
    this.time = null; // [first day, last day] or all time
    this.undated = true;
    this.shown = incidents.length;
    for (const name of Object.keys(this.facets)) this.countAll(name);
    this.finish();
  }

  get total() {
    return this.incidents.length;
  }

  countAll(name) {
    const { codes, values } = this.facets[name];
    const { weight } = this.incidents;
    const all = new Float64Array(values.length);
    for (let i = 0; i < codes.length; i++) all[codes[i]] += weight ? weight[i] : 1;
    this.facets[name].all = all;
  }

  setFacet(name, off) {
    const { codes, values, bit } = this.facets[name];
    this.facets[name].off = off;
    const hidden = Uint8Array.from(values, (value) => (off.has(value) ? bit : 0));
    const { against } = this;
    for (let i = 0; i < codes.length; i++) against[i] = (against[i] & ~bit) | hidden[codes[i]];
  }

  // A day range shows what may have happened in it: a month's event through its month.
  setTime(time, undated = this.undated) {
    this.time = time;
    this.undated = undated;
    const { start, end } = this.incidents;
    const { against } = this;
    const none = undated ? 0 : TIME;
    for (let i = 0; i < against.length; i++) {
      const bit = start[i] === NONE ? none : time && (start[i] > time[1] || last(start, end, i) < time[0]) ? TIME : 0;
      against[i] = (against[i] & ~TIME) | bit;
    }
  }

  setWords(words) {
    this.words = words;
    const hits = this.incidents.matching(words, SEARCHED);
    const { against } = this;
    for (let i = 0; i < against.length; i++) against[i] = (against[i] & ~WORDS) | (hits && !hits[i] ? WORDS : 0);
  }

  // After any change: the mask, and how many each choice would show.
  finish() {
    const { against, mask } = this;
    const { weight } = this.incidents; // of counts, where a row is more than one incident
    let shown = 0;
    for (let i = 0; i < against.length; i++) {
      const on = against[i] === 0 ? 1 : 0;
      mask[i] = on;
      shown += weight ? on * weight[i] : on;
    }
    this.shown = shown;
    for (const facet of Object.values(this.facets)) facet.count = counted(facet, against, weight);
  }

  rows() {
    const out = new Uint32Array(this.shown);
    let at = 0;
    for (let i = 0; i < this.mask.length; i++) if (this.mask[i]) out[at++] = i;
    return out;
  }
}

// How many of each value no other filter hides.
function counted({ values, codes, bit }, against, weight) {
  const count = new Float64Array(values.length);
  const others = 255 & ~bit;
  for (let i = 0; i < codes.length; i++) if ((against[i] & others) === 0) count[codes[i]] += weight ? weight[i] : 1;
  return count;
}

const last = (start, end, i) => (end[i] === NONE ? start[i] : end[i]);

function facet(incidents, name, known, bit) {
  return { values: [...known, BARE], codes: incidents.codesAmong(name, known), bit, off: new Set() };
}

function zonesOf(incidents) {
  const coded = incidents.coded("zone");
  if (!coded) return [];
  return Array.from({ length: Math.min(coded.words.length, 40) }, (_, i) => coded.words.at(i)).sort();
}
