import assert from "node:assert/strict";
import test from "node:test";
import { binAt, floorTo, histogram, makeAxis, nextAfter } from "../src/axis.js";
import { dayOf, isoDay, parseDay, sayRange } from "../src/days.js";
import { NONE } from "../src/incidents.js";

const days = (...list) => Int32Array.from(list, (d) => (d ? dayOf(...d) : NONE));

test("days go to ISO and back, before 1970 and before 1000", () => {
  for (const text of ["2024-02-29", "1950-06-25", "0099-01-01", "1969-12-31"]) assert.equal(isoDay(parseDay(text)), text);
  assert.equal(parseDay("June"), null);
});

test("weeks begin on Monday", () => {
  assert.equal(isoDay(floorTo(parseDay("2024-06-20"), "week")), "2024-06-17");
  assert.equal(isoDay(floorTo(parseDay("1969-12-30"), "week")), "1969-12-29");
  assert.equal(isoDay(nextAfter(parseDay("2024-12-01"), "quarter")), "2025-03-01");
});

test("a long empty stretch is left out, and each run has steps of its own", () => {
  const start = days([2015, 0, 1], [2024, 5, 1], [2024, 5, 20]);
  const end = days([2015, 11, 31], [2024, 5, 20], [2024, 5, 20]);
  const { bins, runs } = makeAxis(start, end, 100);
  assert.equal(runs.length, 2);
  assert.deepEqual(runs.map((run) => run.unit), ["year", "day"]);
  assert.equal(bins.length, 1 + 20);
});

test("bins cover every incident, do not overlap, and are no more than asked", () => {
  const start = Int32Array.from({ length: 500 }, (_, i) => dayOf(1958, 0, 1) + i * 49);
  const { bins } = makeAxis(start, start, 120);
  assert.ok(bins.length <= 125);
  for (let k = 1; k < bins.length; k++) assert.ok(bins[k].first > bins[k - 1].last);
  for (const day of start) {
    const bin = bins[binAt(bins, day)];
    assert.ok(bin.first <= day && day <= bin.last);
  }
});

test("no date at all makes no bins", () => assert.equal(makeAxis(days(null), days(null), 100).bins.length, 0));

test("the histogram counts each incident once, spread where it is spread", () => {
  const start = days([2024, 5, 1], [2024, 5, 20], null);
  const end = days([2024, 5, 20], [2024, 5, 20], null);
  const { bins } = makeAxis(start, end, 100);
  const { exact, rough } = histogram(bins, { start, end }, new Uint8Array(3), 8);
  assert.equal(exact.reduce((a, b) => a + b), 1);
  assert.ok(Math.abs(rough.reduce((a, b) => a + b) - 1) < 1e-9);
  assert.equal(rough[0], rough[19]);
  const hidden = histogram(bins, { start, end }, Uint8Array.of(1, 8, 0), 8);
  assert.equal(hidden.rough[0], 0); // hidden by another filter
  assert.equal(hidden.exact[19], 1); // hidden by the time itself
});

test("dates are told as exactly as they are known", () => {
  const say = (a, b, lang) => sayRange(parseDay(a), parseDay(b), null, lang);
  assert.equal(say("2024-06-20", "2024-06-20", "en"), "20 June 2024");
  assert.equal(say("2024-06-01", "2024-06-20", "en"), "1–20 June 2024");
  assert.equal(say("2024-06-01", "2024-06-30", "en"), "June 2024");
  assert.equal(say("2015-01-01", "2015-12-31", "en"), "2015");
  assert.equal(say("2024-05-28", "2024-06-02", "en"), "28 May – 2 June 2024");
  assert.equal(say("2024-06-01", "2024-06-20", "ko"), "2024년 6월 1–20일");
  assert.equal(say("2024-06-01", "2024-06-30", "ko"), "2024년 6월");
  assert.equal(sayRange(null, null, null, "en"), "Date not known");
});
