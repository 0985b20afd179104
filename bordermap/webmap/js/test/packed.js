// Packs for tests, written as packing.py writes them.
import { FORMAT, Pack } from "../src/pack.js";
import { Incidents, NONE } from "../src/incidents.js";
import { dayOf } from "../src/days.js";

const CODES = new Map([[Uint8Array, "u1"], [Uint16Array, "u2"], [Uint32Array, "u4"], [Int32Array, "i4"], [Float64Array, "f8"]]);

export function packOf(facts, arrays) {
  const places = {};
  let at = 0;
  for (const [name, array] of Object.entries(arrays)) {
    places[name] = [CODES.get(array.constructor), at, array.length];
    at += Math.ceil(array.byteLength / 8) * 8;
  }
  const header = new TextEncoder().encode(JSON.stringify({ ...facts, format: FORMAT, arrays: places }));
  const begin = Math.ceil((4 + header.length) / 8) * 8;
  const bytes = new Uint8Array(begin + at);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  bytes.fill(32, 4 + header.length, begin);
  for (const [name, array] of Object.entries(arrays)) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), begin + places[name][1]);
  }
  return new Pack(bytes);
}

export function wordArrays(name, words) {
  return {
    [`${name}.text`]: new TextEncoder().encode(words.join("")),
    [`${name}.lengths`]: Uint32Array.from(words, (word) => word.length),
  };
}

// Rows like { title, kind, side, start: [2024, 5, 20], end, at: [lon, lat] }.
export function incidentsOf(rows) {
  const arrays = {};
  const columns = {};
  for (const name of ["id", "title", "kind", "side", "zone", "place", "date_precision", "source_url"]) {
    const words = [...new Set(rows.map((row) => row[name]).filter((word) => word !== undefined))];
    if (!words.length) continue;
    Object.assign(arrays, wordArrays(name, words));
    arrays[`${name}.rows`] = Uint8Array.from(rows, (row) => (row[name] === undefined ? 255 : words.indexOf(row[name])));
    columns[name] = { type: "text", array: name, none: 255, documented: true };
  }
  for (const [name, key] of [["date_start", "start"], ["date_end", "end"]]) {
    arrays[name] = Int32Array.from(rows, (row) => (row[key] ? dayOf(...row[key]) : NONE));
    columns[name] = { type: "day", array: name, documented: true };
  }
  arrays.lon = Int32Array.from(rows, (row) => (row.at ? Math.round(row.at[0] * 1e6) : NONE));
  arrays.lat = Int32Array.from(rows, (row) => (row.at ? Math.round(row.at[1] * 1e6) : NONE));
  return new Incidents(packOf({ rows: rows.length, columns }, arrays));
}
