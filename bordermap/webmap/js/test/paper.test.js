import assert from "node:assert/strict";
import test from "node:test";
import { sheetScale } from "../src/paper.js";

test("all that a window shows is on either sheet, at a size that can be read", () => {
  for (const [width, height] of [[390, 520], [924, 650], [1844, 1150], [500, 2000]]) {
    const { zoom, shrunk } = sheetScale(7, [width, height]);
    for (const [across, up] of [[186, 150], [272, 140]]) {
      const px = (mm) => (mm * 96 * shrunk) / 25.4;
      assert.ok(width * 2 ** (zoom - 7) <= px(across) + 1e-9);
      assert.ok(height * 2 ** (zoom - 7) <= px(up) + 1e-9);
    }
    assert.ok(shrunk >= 1 && shrunk <= 1.5);
  }
});

test("the map of a desktop's window is printed at its own zoom", () => {
  assert.ok(Math.abs(sheetScale(7, [924, 650]).zoom - 7) < 1e-9);
});
