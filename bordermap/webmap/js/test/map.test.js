import assert from "node:assert/strict";
import test from "node:test";
import { Areas } from "../src/areas.js";
import { Boxes } from "../src/boxes.js";
import { clusters, members } from "../src/clusters.js";
import { Names } from "../src/names.js";
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

const ALL = [0, 0, 800, 600];
const TOWN = { style: { size: 11, dot: 2 } };

test("a name whose dot is covered stands beside a symbol, but not beside a label", () => {
  const among = (covering) => {
    const boxes = new Boxes();
    boxes.symbols = new Boxes();
    boxes.take([90, 90, 110, 110]);
    if (covering === "symbol") boxes.symbols.take([90, 90, 110, 110]);
    return Names.prototype.spotFor(TOWN, 100, 100, 40, boxes, ALL);
  };
  assert.equal(among("symbol").hidden, true);
  assert.equal(among("label"), null);
});

test("a name whose dot is out of sight is not drawn", () => {
  const boxes = new Boxes();
  boxes.symbols = new Boxes();
  assert.equal(Names.prototype.spotFor(TOWN, -10, 100, 40, boxes, ALL), null);
  assert.ok(Names.prototype.spotFor(TOWN, 10, 100, 40, boxes, ALL));
});

test("a label of a large area stands deep inside it", () => {
  // The view's upper left corner belongs to another country.
  const country = flatShape([[-2000, 300], [400, -1000], [3000, -1000], [3000, 3000], [-2000, 3000]]);
  const [[x, y]] = Areas.prototype.anchorsIn(country, { ...VIEW, inner: ALL });
  assert.ok(x > 350 && y > 250, `${x} ${y}`);
});

function flatShape(corners) {
  const ring = Float64Array.from([...corners, corners[0]].flatMap(([x, y]) => [(x + VIEW.left) / VIEW.size, (y + VIEW.top) / VIEW.size]));
  return { closed: true, rings: [ring], anchors: [[9, 9]] };
}

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
