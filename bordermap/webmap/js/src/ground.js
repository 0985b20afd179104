// The base map under everything: quiet land and water, boundaries, names.
import { shapes } from "./pack.js";
import { projected, worldX, worldY } from "./project.js";
import { isSeen, trace, traceAll } from "./paths.js";
import { Names } from "./names.js";

const BOUNDARY = { country: [3, 1.1, [6, 2.5]], province: [6.5, 0.9, [3, 2.5]], county: [9.5, 0.7, [1.5, 2]] };

export class Ground {
  constructor(pack) {
    const { facts } = pack;
    this.attributions = facts.attributions;
    const all = (name) => shapes(pack, name).map(projected);
    this.home = all("home");
    this.other = all("other");
    this.lakes = all("lakes");
    this.coarse = ["far", "around"].map((name) => ({ land: all(name), coast: all(`${name}_coast`) }));
    const countries = [...all("far_boundaries"), ...all("around_boundaries")];
    this.rivers = all("rivers").map((shape, i) => ({ ...shape, rank: facts.rivers[i] }));
    this.boundaries = all("boundaries").map((shape, i) => ({ ...shape, kind: facts.boundaries[i] }));
    this.boundaries.push(...countries.map((shape) => ({ ...shape, kind: "country" })));
    const [west, south, east, north] = facts.window;
    this.edge = [worldX(west), worldY(north), worldX(east), worldY(south)];
    this.names = new Names(pack);
  }

  draw(ctx, view, { palette }) {
    ctx.fillStyle = palette.sea;
    ctx.fillRect(0, 0, view.width, view.height);
    for (const { land, coast } of this.coarse) this.fillCoarse(ctx, view, land, coast, palette);
    this.fill(ctx, view, this.other, palette.land_other, palette.coast);
    this.fill(ctx, view, this.home, palette.land, palette.coast);
    traceAll(ctx, this.lakes, view);
    ctx.fillStyle = palette.lake;
    ctx.fill("evenodd");
    this.drawRivers(ctx, view, palette);
    this.drawBoundaries(ctx, view, palette);
  }

  // Neighbours are apart here: a stroke of the land's own colour closes the seams.
  fillCoarse(ctx, view, land, coast, palette) {
    traceAll(ctx, land, view);
    ctx.fillStyle = palette.land_other;
    ctx.strokeStyle = palette.land_other;
    ctx.lineWidth = 1.2;
    ctx.lineJoin = "round";
    ctx.fill("evenodd");
    ctx.stroke();
    traceAll(ctx, coast, view);
    ctx.strokeStyle = palette.coast;
    ctx.lineWidth = view.zoom < 6 ? 0.6 : 0.9;
    ctx.stroke();
  }

  fill(ctx, view, list, land, coast) {
    ctx.fillStyle = land;
    ctx.strokeStyle = coast;
    ctx.lineWidth = view.zoom < 6 ? 0.6 : 0.9;
    ctx.lineJoin = "round";
    for (const shape of list) {
      if (!isSeen(shape.box, view, 2)) continue;
      ctx.beginPath();
      trace(ctx, shape, view);
      ctx.fill("evenodd");
      this.strokeShore(ctx, view, shape);
    }
  }

  // The outline without the sides on which the detailed window was cut out.
  strokeShore(ctx, view, shape) {
    const { edge } = this;
    const { box } = shape;
    if (box[0] > edge[0] + 1e-6 && box[1] > edge[1] + 1e-6 && box[2] < edge[2] - 1e-6 && box[3] < edge[3] - 1e-6) {
      ctx.stroke();
      return;
    }
    shape.shore ??= { closed: false, rings: shape.rings.flatMap((ring) => shores(ring, edge)) };
    ctx.beginPath();
    trace(ctx, shape.shore, view);
    ctx.stroke();
  }

  drawRivers(ctx, view, palette) {
    ctx.strokeStyle = palette.river;
    ctx.lineJoin = "round";
    for (const river of this.rivers) {
      if (view.zoom < 4 + river.rank || !isSeen(river.box, view)) continue;
      ctx.lineWidth = Math.max(0.6, Math.min(3, (view.zoom - 3 - river.rank * 0.7) * 0.38));
      traceAll(ctx, [river], view);
      ctx.stroke();
    }
  }

  drawBoundaries(ctx, view, palette) {
    for (const boundary of this.boundaries) {
      const [from, width, dash] = BOUNDARY[boundary.kind] ?? BOUNDARY.county;
      if (view.zoom < from || !isSeen(boundary.box, view)) continue;
      ctx.strokeStyle = palette[boundary.kind] ?? palette.county;
      ctx.lineWidth = width;
      ctx.setLineDash(dash);
      traceAll(ctx, [boundary], view);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  drawNames(ctx, view, state, boxes) {
    this.names.draw(ctx, view, state, boxes);
  }
}

// A ring's parts between the sides of the box.
function shores(ring, [west, north, east, south]) {
  const on = (v) => {
    const near = (a, b) => Math.abs(a - b) < 4e-7; // half of the coarse grid's step, in world units
    return (near(ring[v], west) ? 1 : 0) | (near(ring[v], east) ? 2 : 0) | (near(ring[v + 1], north) ? 4 : 0) | (near(ring[v + 1], south) ? 8 : 0);
  };
  const parts = [];
  let part = [ring[0], ring[1]];
  let before = on(0);
  for (let v = 2; v < ring.length; v += 2) {
    const now = on(v);
    if (now & before) {
      if (part.length > 2) parts.push(Float64Array.from(part));
      part = [];
    }
    part.push(ring[v], ring[v + 1]);
    before = now;
  }
  if (part.length > 2) parts.push(Float64Array.from(part));
  return parts;
}
