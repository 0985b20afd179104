import assert from "node:assert/strict";
import test from "node:test";
import { toCsv, toGeoJson } from "../src/download.js";
import { plain, safeUrl } from "../src/dom.js";
import { read, written } from "../src/permalink.js";
import { speaker } from "../src/words.js";
import { incidentsOf } from "./packed.js";
import { dayOf } from "../src/days.js";

test("only http and https become links", () => {
  assert.equal(safeUrl("https://example.org/a?b=c"), "https://example.org/a?b=c");
  for (const bad of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:1", "data:text/html,x", "vbscript:x", "//example.org", "file:///etc", "\u0000javascript:1", "java\nscript:1", "", null, 7]) {
    assert.equal(safeUrl(bad), null, String(bad));
  }
});

test("numbers are written as English and Korean readers group them", () => {
  const known = new Intl.NumberFormat("en-GB");
  for (const value of [0, 7, 999, 1000, 12345, 1e6, 1234567.891, -4200.5, 0.1234, 1e20, 123456789012]) {
    assert.equal(speaker("ko").number(value), known.format(value), String(value));
  }
});

test("one incident is not called many", () => {
  const say = speaker("en");
  assert.equal(say("shownAll", { all: "1" }), "1 incident");
  assert.equal(say("shown", { n: "0", all: "1" }), "0 of 1 incident");
  assert.equal(say("shown", { n: "1", all: "24" }), "1 of 24 incidents");
  assert.equal(say("here", { n: "1" }), "1 incident here");
  assert.equal(speaker("ko")("shownAll", { all: "1" }), "사건 1건");
});

test("control and direction characters are shown, not obeyed", () => {
  assert.equal(plain("a\u0000b\u202ec"), "a\ufffdb\ufffdc");
  assert.ok(plain("x".repeat(1e6), 100).length <= 101);
});

const state = {
  centre: [127.12345, 37.9], zoom: 8.5, time: [dayOf(2024, 5, 1), dayOf(2024, 5, 20)], undated: false,
  off: { kind: new Set(["balloon", "mine"]), side: new Set(), zone: new Set(["none"]) },
  shows: { line: false, heat: true, points: true }, defaults: { line: true, heat: false, points: true },
  words: "Paju & co", selected: "bm-1", lang: "ko", openedIn: "en", theme: "dark",
};

test("an address restores what it was written from", () => {
  const found = read(`#${written(state)}`);
  assert.deepEqual(found.view, { centre: [127.1235, 37.9], zoom: 8.5 });
  assert.deepEqual(found.time, state.time);
  assert.equal(found.undated, false);
  assert.deepEqual([...found.off.kind], ["balloon", "mine"]);
  assert.deepEqual([...found.off.zone], ["none"]);
  assert.deepEqual(found.shows, { heat: true, line: false });
  assert.deepEqual([found.words, found.selected, found.lang, found.theme], ["Paju & co", "bm-1", "ko", "dark"]);
});

test("an address that makes no sense is no address", () => {
  assert.deepEqual(read("#v=a,b,c&t=x..y&l=fr&d=pink&m=__proto__"), { off: {}, shows: {} });
  assert.deepEqual(read("#t=2024-06-20..2024-06-01&v=1,2"), { off: {}, shows: {} });
});

const incidents = incidentsOf([
  { id: "a", title: '=1+1, "quoted"\nline', kind: "mine", start: [2024, 5, 1], end: [2024, 5, 1], at: [127.5, 38] },
  { id: "b", title: "나", kind: "mine" },
]);

test("GeoJSON holds the rows asked for, with days as text and no geometry for no place", () => {
  const { features } = JSON.parse(toGeoJson(incidents, [0, 1]));
  assert.deepEqual(features[0].geometry, { type: "Point", coordinates: [127.5, 38] });
  assert.equal(features[0].properties.date_start, "2024-06-01");
  assert.equal(features[1].geometry, null);
  assert.equal(JSON.parse(toGeoJson(incidents, [1])).features.length, 1);
});

test("CSV quotes what needs it and disarms formulas", () => {
  const text = toCsv(incidents, [0, 1]);
  assert.ok(text.includes(`"'=1+1, ""quoted""\nline"`));
  assert.ok(text.endsWith(",,\n"));
});

test("everything that is said in English is said in Korean, with the same blanks", () => {
  const [en, ko] = [speaker("en"), speaker("ko")];
  for (const name of en.names) {
    assert.notEqual(ko(name), "", name);
    const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
    assert.equal(blanks(en(name)), blanks(ko(name)), name);
  }
});

test("distances are told to three figures at most", () => {
  const say = speaker("en");
  assert.deepEqual([3, 87.6, 842, 3449, 16049, -120].map(say.distance), ["3 m", "88 m", "840 m", "3.4 km", "16 km", "120 m"]);
});
