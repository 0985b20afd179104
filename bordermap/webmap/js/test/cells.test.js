import assert from "node:assert/strict";
import test from "node:test";
import { CellFilter, Cells } from "../src/cells.js";
import { dayOf } from "../src/days.js";
import { NONE } from "../src/incidents.js";
import { classOf, classes, levelFor, Squares } from "../src/squares.js";
import { incidentsOf, packOf, wordArrays } from "./packed.js";

// Rows { kind, time, x, y, count } in squares of level 6, as all four tables.
function cellsOf(rows, times) {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const arrays = {
    ...wordArrays("kind", kinds), ...wordArrays("side", kinds.map(() => "north")), ...wordArrays("zone", kinds.map(() => "x")),
    ...wordArrays("shapes.name", []), ...wordArrays("shapes.name_ko", []),
    "times.first": Int32Array.from(times, ([first]) => first), "times.last": Int32Array.from(times, ([, last]) => last), "times.exact": Int32Array.from(times, () => 1),
    "shapes.rings": new Uint32Array(0), "shapes.closed": new Uint8Array(0), "shapes.sizes": new Uint32Array(0), "shapes.steps": new Uint8Array(0), "shapes.anchor": new Int32Array(0), "single.shape": new Int32Array(0),
  };
  const tables = [[1, 1, 5], [0, 1, 5], [1, 0, 6], [0, 0, 6]].map(([facet, time, level], k) => {
    Object.assign(arrays, tableOf(`t${k}`, rows.map((row) => ({ ...row, x: row.x >> (6 - level), y: row.y >> (6 - level) })), kinds));
    return { level, facet: Boolean(facet), time: Boolean(time) };
  });
  Object.assign(arrays, tableOf("areas", [], kinds));
  const columns = Object.fromEntries(["kind", "side", "zone", "shapes.name", "shapes.name_ko"].map((name) => [name, { type: "text", array: name }]));
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  return new Cells(packOf({ rows: total, points: total, areas: 0, singles: 0, unit: "month", columns, tables, step: { shapes: 1e-5 } }, arrays));
}

function tableOf(name, rows, kinds) {
  const cells = new Map();
  for (const row of rows) {
    const key = `${row.x} ${row.y}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  const groups = [...cells.values()];
  const flat = groups.flat();
  let end = 0;
  return {
    [`${name}.x`]: Int32Array.from(groups, ([row]) => row.x), [`${name}.y`]: Int32Array.from(groups, ([row]) => row.y), [`${name}.ends`]: Uint32Array.from(groups, (group) => (end += group.length)),
    [`${name}.facet`]: Uint16Array.from(flat, (row) => kinds.indexOf(row.kind)), [`${name}.time`]: Uint16Array.from(flat, (row) => row.time), [`${name}.count`]: Uint32Array.from(flat, (row) => row.count),
  };
}

const JANUARY = [dayOf(2024, 0), dayOf(2024, 1) - 1];
const FEBRUARY = [dayOf(2024, 1), dayOf(2024, 2) - 1];
const ROWS = [
  { kind: "mine", time: 0, x: 10, y: 20, count: 5 }, { kind: "mine", time: 1, x: 10, y: 20, count: 7 },
  { kind: "drone", time: 0, x: 11, y: 20, count: 11 }, { kind: "drone", time: 2, x: 40, y: 3, count: 13 },
];
const TIMES = [JANUARY, FEBRUARY, [NONE, NONE]];
const view = (level) => ({ size: 40 * 2 ** level, zoom: 5, left: 0, top: 0, width: 800, height: 600 });

function made() {
  const cells = cellsOf(ROWS, TIMES);
  const filter = new CellFilter(cells, incidentsOf([{ kind: "mine", side: "north", start: [2024, 0, 5] }]), ["mine", "drone"], ["north", "south"]);
  return { cells, filter, squares: new Squares(cells, filter) };
}
const sum = (grid) => grid.count.reduce((a, b) => a + b, 0);

test("the counts of every level sum to all incidents", () => {
  const { squares } = made();
  for (let level = 2; level <= 9; level++) assert.equal(sum(squares.grid(view(level))), 36, `level ${level}`);
  assert.equal(squares.grid(view(9)).level, 6); // no finer than what is known
  assert.equal(squares.grid(view(4)).level, 4);
});

test("a filter counts what it lets through, in the squares and in the key", () => {
  const { filter, squares } = made();
  filter.setFacet("kind", new Set(["drone"]));
  filter.finish();
  assert.equal(filter.shown, 12);
  assert.equal(sum(squares.grid(view(6))), 12);
  assert.deepEqual([...filter.facets.kind.count], [12, 24, 0]);
  assert.equal(squares.grid(view(9)).level, 6); // the table by facets
});

test("a window of time takes in whole months, and undated ones by their own switch", () => {
  const { filter, squares } = made();
  filter.setTime([dayOf(2024, 0, 10), dayOf(2024, 0, 12)]);
  filter.finish();
  assert.deepEqual(filter.time, JANUARY);
  assert.equal(sum(squares.grid(view(6))), 5 + 11 + 13);
  assert.equal(squares.grid(view(6)).level, 5); // the table by time
  filter.setTime(JANUARY, false);
  filter.setFacet("kind", new Set(["mine"]));
  filter.finish();
  assert.equal(sum(squares.grid(view(6))), 11);
  assert.equal(filter.shown, 11);
});

test("the single incidents are filtered in step", () => {
  const { filter } = made();
  assert.equal(filter.single.shown, 1);
  filter.setTime(FEBRUARY);
  filter.finish();
  assert.equal(filter.single.shown, 0);
  assert.equal(filter.total, 36);
});

test("the square under the pointer, and the room it takes", () => {
  const { squares } = made();
  const seen = view(6);
  squares.grid(seen);
  assert.deepEqual(squares.under({ x: 40 * 10 + 5, y: 40 * 20 + 39 }, seen), { x: 10, y: 20, level: 6, count: 12 });
  assert.equal(squares.under({ x: 5, y: 5 }, seen), null);
  const [[south, west], [north, east]] = squares.boundsOf({ x: 0, y: 0, level: 1 });
  assert.deepEqual([west, east], [-180, 0]);
  assert.ok(Math.abs(south) < 1e-9 && Math.abs(north - 85.0511) < 1e-4);
});

test("classes are round, rise, and hold every count", () => {
  assert.deepEqual(classes(7366), [1, 5, 20, 100, 500, 2000]);
  for (const most of [1, 2, 3, 9, 40, 1e7]) {
    const ends = classes(most);
    assert.equal(ends[0], 1);
    assert.ok(ends.every((end, k) => end <= most && (k === 0 || end > ends[k - 1])), String(ends));
    assert.equal(classOf(most, ends), ends.length - 1);
    assert.equal(classOf(1, ends), 0);
  }
  assert.equal(levelFor(40 * 2 ** 7, 5), 5);
});
