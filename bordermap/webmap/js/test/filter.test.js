import assert from "node:assert/strict";
import test from "node:test";
import { Filter } from "../src/filter.js";
import { dayOf } from "../src/days.js";
import { incidentsOf } from "./packed.js";

const rows = [
  { title: "Shots near Paju", kind: "gunfire", side: "south", start: [2024, 5, 20], end: [2024, 5, 20], at: [126.8, 37.8] },
  { title: "Leaflets", kind: "leaflet", side: "north", start: [2024, 5, 1], end: [2024, 5, 30], place: "Paju" },
  { title: "Old", kind: "gunfire", side: "unsure", start: [2015, 0, 1], end: [2015, 11, 31] },
  { title: "No date", kind: "mystery" },
];
const make = () => new Filter(incidentsOf(rows), ["gunfire", "leaflet"], ["north", "south"]);
const shown = (filter) => {
  filter.finish();
  return [...filter.rows()];
};

test("without a filter all is shown", () => assert.deepEqual(shown(make()), [0, 1, 2, 3]));

test("an event of a month shows on any of its days", () => {
  const filter = make();
  filter.setTime([dayOf(2024, 5, 10), dayOf(2024, 5, 11)], false);
  assert.deepEqual(shown(filter), [1]);
  filter.setTime([dayOf(2024, 5, 20), dayOf(2024, 5, 20)], false);
  assert.deepEqual(shown(filter), [0, 1]);
  filter.setTime([dayOf(2015, 6, 1), dayOf(2015, 6, 1)], true);
  assert.deepEqual(shown(filter), [2, 3]);
});

test("a kind that nobody knows counts as none", () => {
  const filter = make();
  filter.setFacet("kind", new Set(["none"]));
  assert.deepEqual(shown(filter), [0, 1, 2]);
});

test("a choice's count tells what it would show under the other filters", () => {
  const filter = make();
  filter.setFacet("kind", new Set(["gunfire"]));
  filter.setFacet("side", new Set(["north"]));
  assert.deepEqual(shown(filter), [3]);
  const { kind, side } = filter.facets;
  assert.deepEqual([...kind.count], [2, 0, 1]); // gunfire would show both
  assert.deepEqual([...side.count], [1, 0, 0, 1]); // north would show the leaflets
});

test("a search wants every word, in any column, and can be taken back", () => {
  const filter = make();
  filter.setWords("paju");
  assert.deepEqual(shown(filter), [0, 1]);
  filter.setWords("PAJU shots");
  assert.deepEqual(shown(filter), [0]);
  filter.setWords("  ");
  assert.deepEqual(shown(filter), [0, 1, 2, 3]);
});
