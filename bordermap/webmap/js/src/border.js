// The line and the zones along it.
import { shapes } from "./pack.js";
import { projected } from "./project.js";
import { hatch, isSeen, trace, traceAll } from "./paths.js";

export class Border {
  constructor(pack) {
    this.facts = pack.facts;
    this.segments = shapes(pack, "segments").map((shape, i) => ({ ...projected(shape), ...pack.facts.segments[i] }));
    this.zones = shapes(pack, "zones").map((shape, i) => ({ ...projected(shape), ...pack.facts.zones[i] }));
  }

  drawZones(ctx, view, palette) {
    const colour = palette.zone;
    for (const zone of this.zones) {
      if (!isSeen(zone.box, view, 8)) continue;
      const { style } = zone;
      ctx.beginPath();
      trace(ctx, zone, view);
      ctx.globalAlpha = style.fill_opacity;
      ctx.fillStyle = colour;
      ctx.fill("evenodd");
      // Hatching needs some width to be seen as such; under it, a wash is quieter.
      const width = (view.size / 40075016) * 2000 * 1.27;
      if (style.hatch && width > 3) {
        ctx.globalAlpha = 0.55;
        ctx.fillStyle = hatch(ctx, colour, Math.min(style.hatch, 4 + width / 8));
        ctx.fill("evenodd");
      } else {
        ctx.globalAlpha = 0.28;
        ctx.fill("evenodd");
      }
      if (width > 6) {
        ctx.globalAlpha = 0.8;
        ctx.strokeStyle = colour;
        ctx.lineWidth = style.stroke_width;
        ctx.setLineDash(style.dash.map((d) => d * 1.2));
        ctx.stroke();
        ctx.setLineDash([]);
      }
      ctx.globalAlpha = 1;
    }
  }

  drawLine(ctx, view, palette) {
    ctx.lineJoin = "round";
    const swell = Math.max(0.8, Math.min(1.35, 0.8 + (view.zoom - 6) * 0.09));
    for (const halo of [true, false]) {
      for (const segment of this.segments) {
        if (!isSeen(segment.box, view, 8)) continue;
        const { style } = segment;
        const width = style.width * swell;
        traceAll(ctx, [segment], view, 8);
        ctx.lineCap = style.dash.length ? "butt" : "round";
        ctx.strokeStyle = halo ? palette.halo : palette.line;
        ctx.lineWidth = halo ? width + 2.4 : width;
        ctx.globalAlpha = halo ? 0.75 : 1;
        ctx.setLineDash(halo ? [] : style.dash.map((d) => d * width));
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  // Each kind of segment's name once, along its straightest part in view.
  drawNames(ctx, view, state, boxes, taken) {
    const seen = new Set(taken);
    for (const segment of this.segments) {
      const text = state.say.both(segment);
      if (seen.has(text) || !isSeen(segment.box, view)) continue;
      ctx.font = state.font(11.5, 500, state.say.lang === "en" ? "italic" : "", true);
      ctx.letterSpacing = "0.4px";
      const spot = straightSpot(segment.rings, view, ctx.measureText(text).width + 6, boxes);
      if (!spot) continue;
      seen.add(text);
      ctx.save();
      ctx.translate(spot.x, spot.y);
      ctx.rotate(spot.angle);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.strokeStyle = state.palette.halo;
      ctx.lineWidth = 3;
      ctx.strokeText(text, 0, -10);
      ctx.fillStyle = state.palette.line;
      ctx.fillText(text, 0, -10);
      ctx.restore();
    }
    ctx.letterSpacing = "0px";
  }
}

// Where a line runs straight for a width: its middle, its angle, and room for the words.
function straightSpot(rings, view, width, boxes) {
  const { size, left, top, inner } = view;
  let best = null;
  for (const ring of rings) {
    const path = resampled(ring, size, left, top, inner);
    const span = Math.ceil(width / STEP);
    for (let a = 0; a + span < path.length; a += 2) {
      const [p, q] = [path[a], path[a + span]];
      if (!p || !q || path.slice(a, a + span).includes(null)) continue;
      const chord = Math.hypot(q[0] - p[0], q[1] - p[1]);
      if (chord < width * 0.93) continue;
      let angle = Math.atan2(q[1] - p[1], q[0] - p[0]);
      if (Math.abs(angle) > Math.PI / 2) angle += angle > 0 ? -Math.PI : Math.PI;
      const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
      const box = [Math.min(p[0], q[0]), Math.min(p[1], q[1]) - 18, Math.max(p[0], q[0]), Math.max(p[1], q[1])];
      const score = chord / width - Math.abs(angle) * 0.1;
      if ((!best || score > best.score) && boxes.isFree(box)) best = { x, y, angle, score, box };
    }
  }
  if (best) boxes.take(best.box);
  return best;
}

const STEP = 8;

// Points of a path every few pixels; null where it is out of view.
function resampled(ring, size, left, top, [west, north, east, south]) {
  const out = [];
  let rest = 0;
  for (let v = 0; v + 3 < ring.length; v += 2) {
    const [x0, y0] = [ring[v] * size - left, ring[v + 1] * size - top];
    const [x1, y1] = [ring[v + 2] * size - left, ring[v + 3] * size - top];
    const length = Math.hypot(x1 - x0, y1 - y0);
    if (Math.max(x0, x1) < west || Math.min(x0, x1) > east || Math.max(y0, y1) < north || Math.min(y0, y1) > south) {
      if (out.at(-1) !== null) out.push(null);
      rest = 0;
      continue;
    }
    let along = rest;
    // A long edge reaches far out of view: only its part inside counts.
    if (length > 20000) along = Math.max(0, Math.min(length, ((west - x0) / (x1 - x0 || 1)) * length));
    for (let n = 0; along <= length && n < 4000; along += STEP, n++) {
      const [x, y] = [x0 + ((x1 - x0) * along) / length, y0 + ((y1 - y0) * along) / length];
      const inside = x > west + 4 && x < east - 4 && y > north + 22 && y < south - 4;
      if (inside) out.push([x, y]);
      else if (out.at(-1) !== null) out.push(null);
    }
    rest = along - length;
  }
  return out;
}
