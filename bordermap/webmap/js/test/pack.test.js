import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { Pack, shapes, unpack } from "../src/pack.js";
import { Incidents } from "../src/incidents.js";
import { packOf, wordArrays } from "./packed.js";

const words = (list) => packOf({}, wordArrays("w", list)).words("w");

test("words come back one by one, empty and astral ones too", () => {
  const list = ["가나", "", "🎈 up", "z"];
  const found = words(list);
  assert.deepEqual(Array.from({ length: found.length }, (_, i) => found.at(i)), list);
});

test("a search finds entries whatever the case, and none across two entries", () => {
  const found = [];
  words(["Paju night", "", "near PAJU", "pa", "ju"]).search("paju", (i) => found.push(i));
  assert.deepEqual(found, [0, 2]);
});

test("letters that grow when folded do not shift the search", () => {
  const found = [];
  words(["İİİİ", "Paju", "x"]).search("paju", (i) => found.push(i));
  assert.deepEqual(found, [1]);
});

test("a pack of another format is refused", () => {
  assert.throws(() => new Pack(new TextEncoder().encode("\x02\0\0\0{}")), /format/);
});

test("what Python packs is what the page reads", { skip: !process.env.BORDERMAP_PACK && "run by tests/test_webmap_js.py" }, async () => {
  const { text, encoding, expected } = JSON.parse(readFileSync(process.env.BORDERMAP_PACK, "utf8"));
  const incidents = new Incidents(await unpack(text, encoding));
  assert.equal(incidents.length, expected.length);
  expected.forEach((row, i) => {
    for (const [name, value] of Object.entries(row)) {
      if (name === "lonLat") {
        const found = incidents.hasPoint(i) ? incidents.lonLat(i) : null;
        assert.equal(found === null, value === null);
        if (value) value.forEach((degrees, k) => assert.ok(Math.abs(degrees - found[k]) < 1e-6));
      } else if (name === "vertices") {
        assert.equal(incidents.hasShape(i) ? incidents.shapes[incidents.shape[i]].rings.reduce((n, ring) => n + ring.length / 2, 0) : 0, value);
      } else assert.equal(incidents.value(name, i), value, `row ${i} ${name}`);
    }
  });
});

test("rings are sums of their steps", () => {
  const pack = packOf({ step: { s: 0.5 } }, {
    "s.rings": Uint32Array.of(1), "s.closed": Uint8Array.of(1), "s.sizes": Uint32Array.of(3),
    "s.steps": Uint8Array.of(2, 4, 1, 0, 0xc8, 0x01, 3), // 1 2, -1 0, 100 -2
  });
  assert.deepEqual([...shapes(pack, "s")[0].rings[0]], [0.5, 1, 0, 1, 50, 0]);
});
