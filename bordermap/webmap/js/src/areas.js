// Incidents known only to an area: the area itself with a label, never a pin.
import { placeName } from "./card.js";
import { distanceToRings2, insideRings, projected, worldX, worldY } from "./project.js";
import { isSeen, trace } from "./paths.js";

const SYMBOL = 17;
const LINE_HEIGHT = 16;
const PAD = 7;
const MOST_KINDS = 6;
// Where labels of large areas are tried, as shares of the view, and the pixels that are deep enough.
const SHARES = [0.5, 0.35, 0.65, 0.2, 0.8, 0.9];
const DEEP = 140;

export class Areas {
  constructor(incidents, symbols) {
    this.incidents = incidents;
    this.symbols = symbols;
    this.rows = [];
    for (let i = 0; i < incidents.length; i++) if (incidents.hasShape(i)) this.rows.push(i);
    this.shapes = incidents.shapes.map((shape) => {
      const flat = projected(shape);
      flat.anchors = shape.closed
        ? [[worldX(shape.anchor[0]), worldY(shape.anchor[1])]]
        : [0.5, 0.34, 0.66, 0.2, 0.8, 0.08, 0.92].map((share) => along(flat.rings, share));
      return flat;
    });
    this.groups = [];
  }

  // Groups what the filter lets through, one group a shape, large ones first.
  regroup(mask) {
    const { incidents, symbols } = this;
    const found = new Map();
    for (const i of this.rows) {
      if (!mask[i]) continue;
      const number = incidents.shape[i];
      if (!found.has(number)) found.set(number, { number, shape: this.shapes[number], rows: [], kinds: new Map() });
      const group = found.get(number);
      group.rows.push(i);
      const kind = incidents.text("kind", i) ?? "other";
      group.kinds.set(kind, (group.kinds.get(kind) ?? 0) + 1);
    }
    const extent = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
    this.groups = [...found.values()].sort((a, b) => extent(b.shape) - extent(a.shape) || a.number - b.number);
    for (const group of this.groups) {
      const families = new Set([...group.kinds.keys()].map((kind) => symbols.kind(kind).family));
      group.colour = families.size === 1 ? symbols.kind(group.kinds.keys().next().value).colour : null;
    }
  }

  nameOf(group, say) {
    return placeName(group.rows[0], this.incidents, say) ?? say("areas");
  }

  drawShapes(ctx, view, state) {
    const { palette, selected, hovered } = state;
    for (const group of this.groups) {
      const { shape } = group;
      if (!isSeen(shape.box, view, 12)) continue;
      const strong = group.rows.includes(selected) || group === hovered;
      const colour = group.colour && !state.dark ? group.colour : palette.area;
      ctx.beginPath();
      trace(ctx, shape, view);
      ctx.lineJoin = "round";
      if (shape.closed) {
        // What fills the view is land already: a light wash keeps the base map readable.
        const wide = (shape.box[2] - shape.box[0]) * view.size > view.width * 0.7;
        ctx.globalAlpha = (strong ? 0.15 : 0.07) * (wide ? 0.45 : 1);
        ctx.fillStyle = colour;
        ctx.fill("evenodd");
        ctx.globalAlpha = strong ? 1 : 0.75;
        ctx.setLineDash([5, 3]);
        ctx.lineWidth = strong ? 1.8 : 1.1;
      } else {
        ctx.globalAlpha = strong ? 0.36 : 0.2;
        ctx.lineCap = "round";
        ctx.lineWidth = strong ? 15 : 11;
      }
      ctx.strokeStyle = colour;
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.lineCap = "butt";
      ctx.globalAlpha = 1;
    }
  }

  // Places the labels; each claims its box so that names keep clear of it.
  placeLabels(ctx, view, state, boxes) {
    const labels = [];
    for (const group of [...this.groups].reverse()) {
      if (!isSeen(group.shape.box, view)) continue;
      const label = this.measure(ctx, group, state);
      const spot = this.spotFor(group.shape, label, view, boxes);
      if (!spot) continue;
      Object.assign(label, spot);
      boxes.take(pad(label.box, 2));
      labels.push(label);
    }
    return labels;
  }

  measure(ctx, group, state) {
    const name = this.nameOf(group, state.say);
    ctx.font = state.font(12.5, 600);
    let nameWidth = ctx.measureText(name).width;
    let shown = name;
    if (nameWidth > 190) {
      while (shown.length > 4 && ctx.measureText(`${shown}…`).width > 190) shown = shown.slice(0, -1);
      shown += "…";
      nameWidth = ctx.measureText(shown).width;
    }
    ctx.font = state.font(11.5, 500);
    const kinds = [...group.kinds].sort((a, b) => b[1] - a[1]);
    const signs = kinds.slice(0, MOST_KINDS).map(([kind, count]) => {
      const words = count > 1 ? state.say.number(count) : "";
      return { kind, words, width: SYMBOL + (words ? ctx.measureText(words).width + 4 : 0) };
    });
    if (kinds.length > MOST_KINDS) {
      const words = `+${kinds.length - MOST_KINDS}`;
      signs.push({ kind: null, words, width: ctx.measureText(words).width });
    }
    const signsWidth = signs.reduce((sum, sign) => sum + sign.width, 0) + (signs.length - 1) * 6;
    const oneLine = signs.length === 1;
    const width = oneLine ? nameWidth + signsWidth + 7 + PAD * 2 : Math.max(nameWidth, signsWidth) + PAD * 2;
    const height = oneLine ? SYMBOL + PAD * 1.3 : LINE_HEIGHT + SYMBOL + PAD * 1.8;
    return { group, shown, signs, oneLine, nameWidth, width, height };
  }

  spotFor(shape, label, view, boxes) {
    const { width, height } = label;
    const [x0, y0, x1, y1] = view.inner;
    const inView = (box) => box[0] >= x0 + 4 && box[1] >= y0 + 4 && box[2] <= x1 - 4 && box[3] <= y1 - 4;
    const lift = shape.closed ? [0] : [-1, 1];
    for (const [ax, ay] of this.anchorsIn(shape, view)) {
      for (const direction of lift) {
        for (const away of shape.closed ? [0] : [height / 2 + 22, height / 2 + 46, height / 2 + 74]) {
          for (const shift of [0, -width * 0.6, width * 0.6]) {
            const cx = ax + shift;
            const cy = ay + direction * away + (shape.closed && shift ? height * 0.9 : 0);
            const box = [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2];
            if (inView(box) && boxes.isFree(box)) return { box, anchor: shape.closed ? null : [ax, ay] };
          }
        }
      }
    }
    return null;
  }

  anchorsIn(shape, view) {
    const { size, left, top, inner } = view;
    const spots = shape.anchors.map(([x, y]) => [x * size - left, y * size - top]);
    const seen = spots.filter(([x, y]) => x > inner[0] && y > inner[1] && x < inner[2] && y < inner[3]);
    if (seen.length) return seen;
    if (!shape.closed) return this.nearestVertex(shape, view);
    return roomySpots(shape, view);
  }

  nearestVertex(shape, view) {
    const { size, left, top, inner } = view;
    const middle = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
    let best = null;
    let bestD = Infinity;
    for (const ring of shape.rings) {
      for (let v = 0; v < ring.length; v += 2) {
        const x = ring[v] * size - left;
        const y = ring[v + 1] * size - top;
        if (x < inner[0] || y < inner[1] || x > inner[2] || y > inner[3]) continue;
        const d = (x - middle[0]) ** 2 + (y - middle[1]) ** 2;
        if (d < bestD) {
          bestD = d;
          best = [x, y];
        }
      }
    }
    return best ? [best] : [];
  }

  drawLabels(ctx, labels, state) {
    const { palette, selected, hovered } = state;
    for (const label of labels) {
      const { box, anchor, group } = label;
      const strong = group.rows.includes(selected) || group === hovered;
      if (anchor) {
        ctx.beginPath();
        ctx.moveTo(anchor[0], anchor[1]);
        ctx.lineTo(Math.max(box[0] + 8, Math.min(box[2] - 8, anchor[0])), anchor[1] < box[1] ? box[1] : box[3]);
        ctx.strokeStyle = palette.text_quiet;
        ctx.lineWidth = 1;
        ctx.stroke();
      }
      ctx.beginPath();
      ctx.roundRect(box[0], box[1], box[2] - box[0], box[3] - box[1], 4);
      ctx.fillStyle = palette.paper;
      ctx.globalAlpha = 0.94;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.lineWidth = strong ? 2 : 1;
      ctx.strokeStyle = strong ? palette.accent : palette.text_quiet;
      ctx.setLineDash(strong ? [] : [4, 2.5]);
      ctx.stroke();
      ctx.setLineDash([]);
      this.drawWords(ctx, label, state);
    }
  }

  drawWords(ctx, label, state) {
    const { box, oneLine, signs, shown } = label;
    const { palette, say, symbols } = state;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    let x = box[0] + PAD;
    let y = (box[1] + box[3]) / 2;
    if (!oneLine) {
      ctx.fillStyle = palette.text;
      ctx.font = state.font(12.5, 600);
      ctx.fillText(shown, x, box[1] + PAD * 0.8 + LINE_HEIGHT / 2);
      y = box[3] - PAD * 0.8 - SYMBOL / 2;
    }
    for (const sign of signs) {
      let right = x;
      if (sign.kind) {
        symbols.draw(ctx, sign.kind, x + SYMBOL / 2, y, SYMBOL - 1, palette.paper);
        right += SYMBOL + 4;
      }
      ctx.fillStyle = palette.text_quiet;
      ctx.font = state.font(11.5, 500);
      ctx.fillText(sign.words, right, y + 0.5);
      x += sign.width + 6;
    }
    if (oneLine) {
      ctx.fillStyle = palette.text;
      ctx.font = state.font(12.5, 600);
      ctx.fillText(shown, x + 1, y + 0.5);
    }
  }

  // The group whose shape lies under a spot of the canvas, small ones before large.
  at(point, view) {
    const x = (point.x + view.left) / view.size;
    const y = (point.y + view.top) / view.size;
    const near = (9 / view.size) ** 2;
    const room = (view.width * view.height) / view.size ** 2;
    for (const group of [...this.groups].reverse()) {
      const { shape } = group;
      if (!isSeen(shape.box, view, 10)) continue;
      // An area that fills the map would catch every click: its label is enough.
      if (shape.closed && (shape.box[2] - shape.box[0]) * (shape.box[3] - shape.box[1]) > room * 0.5) continue;
      if (shape.closed ? insideRings(shape.rings, x, y) : distanceToRings2(shape.rings, x, y) < near) return group;
    }
    return null;
  }
}

// The area's own place is out of sight: spots in view, those deep inside it first. A label at the
// edge of a country would seem to name what lies over the border.
function roomySpots({ rings }, { size, left, top, inner }) {
  const found = [];
  for (const fy of SHARES) {
    for (const fx of SHARES) {
      const x = inner[0] + (inner[2] - inner[0]) * fx;
      const y = inner[1] + (inner[3] - inner[1]) * fy;
      const [wx, wy] = [(x + left) / size, (y + top) / size];
      if (!insideRings(rings, wx, wy)) continue;
      const away = Math.sqrt(distanceToRings2(rings, wx, wy)) * size;
      found.push({ x, y, room: Math.min(away, DEEP) - Math.hypot(fx - 0.5, fy - 0.5) * DEEP * 0.2 });
    }
  }
  return found.sort((a, b) => b.room - a.room).map(({ x, y }) => [x, y]);
}

const pad = (box, by) => [box[0] - by, box[1] - by, box[2] + by, box[3] + by];

// The spot at a share of the length of the longest ring.
function along(rings, share) {
  const ring = rings.reduce((a, b) => (b.length > a.length ? b : a), rings[0]);
  const lengths = [0];
  for (let v = 2; v < ring.length; v += 2) {
    lengths.push(lengths.at(-1) + Math.hypot(ring[v] - ring[v - 2], ring[v + 1] - ring[v - 1]));
  }
  const goal = lengths.at(-1) * share;
  const at = Math.max(1, lengths.findIndex((length) => length >= goal));
  const t = (goal - lengths[at - 1]) / (lengths[at] - lengths[at - 1] || 1);
  const v = at * 2;
  return [ring[v - 2] + t * (ring[v] - ring[v - 2]), ring[v - 1] + t * (ring[v + 1] - ring[v - 1])];
}
