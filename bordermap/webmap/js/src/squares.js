// Counts on the map: squares in one scale of colour, their figures, their key.
import { el, replace } from "./dom.js";
import { latOf, lonOf, metresPerPixel } from "./project.js";
import { short } from "./points.js";

const SQUARE = 40; // pixels, about
const COARSEST = 2;
// Steps of equal lightness in one hue, which grey and any kind of colour blindness keep in order.
const LIGHT = ["#E9E3F2", "#CDBDE2", "#AE95CF", "#8E6CB8", "#6D449B", "#471D77"];
const DARK = ["#3B2A55", "#564080", "#72589F", "#9079BA", "#B3A0D4", "#DCD0EE"];
const ROUND = [1, 2, 5];

// Lower ends of classes: round numbers that share the counts from 1 to the most among them.
export function classes(most, count = LIGHT.length) {
  const ends = [1];
  const ratio = most ** (1 / count);
  for (let k = 1; k < count; k++) {
    const end = rounded(ratio ** k);
    if (end > ends.at(-1) && end <= most) ends.push(end);
  }
  return ends;
}

function rounded(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  const step = ROUND.reduce((a, b) => (Math.abs(b * ten - value) <= Math.abs(a * ten - value) ? b : a));
  return Math.abs(10 * ten - value) < Math.abs(step * ten - value) ? 10 * ten : step * ten;
}

export function classOf(count, ends) {
  let k = ends.length - 1;
  while (k > 0 && count < ends[k]) k -= 1;
  return k;
}

export const levelFor = (size, finest) => Math.max(COARSEST, Math.min(finest, Math.round(Math.log2(size / SQUARE))));

export class Squares {
  constructor(cells, filter, key = null) {
    Object.assign(this, { cells, filter, key });
    this.kept = {};
  }

  // Counts in the squares of the level that the view asks for, as fine as the filters leave them.
  grid(view) {
    const { filter, kept } = this;
    if (kept.turn !== filter.turn) {
      const table = this.cells.tableFor(filter);
      Object.assign(kept, { turn: filter.turn, table, sums: table.sums(filter.facetOn, filter.timeOn), level: null });
    }
    const level = levelFor(view.size, kept.table.level);
    if (kept.level !== level) {
      const { x, y, of, places } = kept.table.at(level);
      const count = new Float64Array(x.length);
      for (let cell = 0; cell < of.length; cell++) count[of[cell]] += kept.sums[cell];
      const most = count.reduce((a, b) => Math.max(a, b), 0);
      kept.grid = { level, x, y, places, count, most, ends: classes(most) };
      kept.level = level;
    }
    return kept.grid;
  }

  colours(dark, classCount) {
    const all = dark ? DARK : LIGHT;
    // Few classes take colours from all over the scale.
    return Array.from({ length: classCount }, (_, k) => all[classCount === 1 ? 2 : Math.round((k * (all.length - 1)) / (classCount - 1))]);
  }

  draw(ctx, view, { dark, palette }) {
    const grid = this.grid(view);
    const side = view.size / 2 ** grid.level;
    const colours = this.colours(dark, grid.ends.length);
    const inset = side > 12 ? 0.75 : 0;
    ctx.globalAlpha = 0.82;
    this.inView(view, grid, (k, left, top) => {
      ctx.fillStyle = colours[classOf(grid.count[k], grid.ends)];
      ctx.fillRect(left + inset, top + inset, side - 2 * inset, side - 2 * inset);
    });
    ctx.globalAlpha = 1;
    if (!this.hovered || this.hovered.level !== grid.level) return;
    const { x, y } = this.hovered;
    ctx.strokeStyle = palette.text;
    ctx.lineWidth = 2;
    ctx.strokeRect(x * side - view.left, y * side - view.top, side, side);
  }

  inView(view, grid, visit) {
    const side = view.size / 2 ** grid.level;
    for (let k = 0; k < grid.x.length; k++) {
      if (!grid.count[k]) continue;
      const left = grid.x[k] * side - view.left;
      const top = grid.y[k] * side - view.top;
      if (left > -side && top > -side && left < view.width && top < view.height) visit(k, left, top);
    }
  }

  // Figures where there is room for them: names and signs come first.
  drawFigures(ctx, view, { palette, say, font }, boxes) {
    const grid = this.grid(view);
    const side = view.size / 2 ** grid.level;
    if (side < 26) return;
    ctx.font = font(11, 600);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = palette.halo;
    ctx.fillStyle = palette.text;
    this.inView(view, grid, (k, left, top) => {
      const words = short(grid.count[k], say);
      const width = ctx.measureText(words).width / 2 + 1;
      if (2 * width > side) return;
      const [x, y] = [left + side / 2, top + side / 2];
      if (!boxes.isFree([x - width, y - 6, x + width, y + 6])) return;
      ctx.strokeText(words, x, y);
      ctx.fillText(words, x, y);
    });
  }

  under(point, view) {
    const grid = this.grid(view);
    const across = 2 ** grid.level;
    const x = Math.floor(((point.x + view.left) / view.size) * across);
    const y = Math.floor(((point.y + view.top) / view.size) * across);
    const place = grid.places.get(y * 65536 + x);
    return place !== undefined && grid.count[place] ? { x, y, level: grid.level, count: grid.count[place] } : null;
  }

  // South-west and north-east corners, latitude first as Leaflet takes them.
  boundsOf({ x, y, level }) {
    const side = 1 / 2 ** level;
    return [[latOf((y + 1) * side), lonOf(x * side)], [latOf(y * side), lonOf((x + 1) * side)]];
  }

  // Whether zooming in would show smaller squares.
  canOpen({ level }) {
    return level < this.kept.table.level;
  }

  drawKey(view, { dark, say }, lat) {
    const grid = this.grid(view);
    const side = (view.size / 2 ** grid.level) * metresPerPixel(lat, view.zoom);
    const colours = this.colours(dark, grid.ends.length);
    const words = grid.ends.map((end, k) => {
      const last = k + 1 < grid.ends.length ? grid.ends[k + 1] - 1 : grid.most;
      return last > end ? `${short(end, say)}–${short(last, say)}` : say.number(end);
    });
    const told = [grid.level, dark, say.lang, ...words].join(" ");
    if (this.told === told) return;
    this.told = told;
    replace(this.key,
      el("h2", { text: say("cellsKey", { d: say.distance(side) }) }),
      grid.most ? el("ul", {}, words.map((text, k) => {
        const patch = el("span", { class: "bm-cells-patch" });
        patch.style.background = colours[k];
        return el("li", {}, patch, el("span", { text }));
      })) : el("p", { text: say("cellsNone") }));
  }
}
