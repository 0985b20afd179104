import assert from "node:assert/strict";
import test from "node:test";
import { Boxes } from "../src/boxes.js";
import { clusters, members } from "../src/clusters.js";
import { distanceM, insideRings, latOf, lonOf, metresPerPixel, worldX, worldY } from "../src/project.js";

const VIEW = { size: 4096, left: 1000, top: 1000, width: 800, height: 600 };
const options = { cell: 50, radius: () => 12 };

function points(list, mask) {
  return {
    x: Float64Array.from(list, ([x]) => (x + VIEW.left) / VIEW.size), y: Float64Array.from(list, ([, y]) => (y + VIEW.top) / VIEW.size),
    mask: Uint8Array.from(mask ?? list.map(() => 1)), family: new Uint8Array(list.length), families: 1,
  };
}

test("every point in view is in one group, and groups hold what they count", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const data = points(Array.from({ length: 2000 }, () => [random() * 800, random() * 600]));
  const groups = clusters(data, VIEW, options);
  assert.equal(groups.reduce((sum, group) => sum + group.count, 0), 2000);
  const all = groups.flatMap((group) => {
    const rows = members(data, groups.grid, group);
    assert.equal(rows.length, group.count);
    assert.equal(rows[0], group.first);
    return rows;
  });
  assert.equal(new Set(all).size, 2000);
});

test("groups stay when the map is dragged", () => {
  const data = points([[100, 100], [110, 105], [300, 300]]);
  const before = clusters(data, VIEW, options).map((group) => [group.count, group.x]).sort();
  const after = clusters(data, { ...VIEW, left: VIEW.left - 37 }, options).map((group) => [group.count, group.x - 37]).sort();
  assert.deepEqual(before.map(([n, x]) => [n, Math.round(x)]), after.map(([n, x]) => [n, Math.round(x)]));
});

test("neighbours in different cells that would overlap are one group", () => {
  const edge = Math.ceil(VIEW.left / 50) * 50 - VIEW.left;
  assert.equal(clusters(points([[edge - 3, 120], [edge + 3, 120]]), VIEW, options).length, 1);
});

test("hidden points and points out of view are in no group", () => {
  assert.equal(clusters(points([[10, 10], [20, 20]], [0, 1]), VIEW, options)[0].count, 1);
  assert.equal(clusters(points([[-400, 10], [NaN, NaN]]), VIEW, options).length, 0);
});

test("a taken box keeps others out, also across cells", () => {
  const boxes = new Boxes();
  assert.ok(boxes.claim([0, 0, 200, 20]));
  assert.ok(!boxes.claim([150, 10, 300, 30]));
  assert.ok(boxes.claim([0, 20, 200, 40])); // they may touch
  assert.ok(boxes.claim([-500, -500, -400, -400]));
});

test("Mercator goes there and back", () => {
  for (const lat of [-80, 0, 37.9, 84]) assert.ok(Math.abs(latOf(worldY(lat)) - lat) < 1e-9);
  assert.ok(Math.abs(lonOf(worldX(127)) - 127) < 1e-9);
  assert.ok(Math.abs(metresPerPixel(0, 0) - 156543.03) < 0.01);
});

test("a degree of latitude is 111 km", () => assert.ok(Math.abs(distanceM(127, 37, 127, 38) - 111195) < 5));

test("a hole is outside", () => {
  const square = (a, b) => [a, a, b, a, b, b, a, b, a, a];
  assert.ok(insideRings([square(0, 10)], 5, 5));
  assert.ok(!insideRings([square(0, 10), square(4, 6)], 5, 5));
});
