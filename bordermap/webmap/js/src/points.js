// Incidents at a place: symbols, groups of them, and the doubt around each.
import { clusters, members } from "./clusters.js";
import { metresPerPixel, worldX, worldY } from "./project.js";

export const SYMBOL = 25;
const TAU = Math.PI * 2;

// A disc's area grows with its count, compared with the largest in view; its figure must fit.
export function groupRadius(count, most) {
  if (count === 1) return SYMBOL / 2;
  const figures = count < 10 ? 11.5 : count < 100 ? 13 : count < 1000 ? 15.5 : 18.5;
  return Math.max(figures, 10 + 19 * Math.sqrt(count / Math.max(most, 30)));
}

export class Points {
  constructor(incidents, symbols) {
    this.incidents = incidents;
    this.symbols = symbols;
    this.kinds = symbols.kinds;
    this.kind = incidents.codesAmong("kind", this.kinds);
    const families = Uint8Array.from([...this.kinds, "other"], (kind) => symbols.familyNumber(kind));
    this.family = new Uint8Array(this.kind.length);
    for (let i = 0; i < this.kind.length; i++) this.family[i] = families[this.kind[i]];
    this.groups = [];
    this.any = incidents.lon.some((value) => value !== -(2 ** 31));
  }

  data(mask) {
    return { x: this.incidents.x, y: this.incidents.y, mask, family: this.family, families: this.symbols.families.length };
  }

  regroup(view, mask, shown) {
    if (!this.any) {
      this.groups = [];
      return;
    }
    const cell = shown > 2000 ? 58 : shown > 300 ? 46 : 30;
    this.groups = clusters(this.data(mask), view, { cell, radius: groupRadius });
    this.groups.sort((a, b) => a.count - b.count || a.y - b.y);
  }

  rowsIn(group, mask, most) {
    return group.count === 1 ? [group.first] : members(this.data(mask), this.groups.grid, group, most);
  }

  kindName(i) {
    return this.kinds[this.kind[i]] ?? "other";
  }

  drawDoubt(ctx, view, state) {
    for (const group of this.groups) {
      if (group.count > 1 || group.first === state.selected) continue;
      this.drawDisc(ctx, view, state, group.first, false);
    }
  }

  drawDisc(ctx, view, state, i, strong) {
    const radiusM = this.incidents.number("radius_m", i);
    if (!radiusM) return;
    const radius = radiusM / metresPerPixel(this.incidents.lat[i] / 1e6, view.zoom);
    if (radius < SYMBOL / 2 || radius > 6000) return;
    const [x, y] = this.spot(i, view);
    const { palette } = state;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, TAU);
    ctx.globalAlpha = strong ? 0.1 : 0.06;
    ctx.fillStyle = strong ? palette.accent : palette.area;
    ctx.fill();
    ctx.globalAlpha = strong ? 1 : 0.7;
    ctx.strokeStyle = strong ? palette.accent : palette.area;
    ctx.lineWidth = strong ? 1.6 : 0.9;
    ctx.setLineDash([3, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  spot(i, view) {
    return [this.incidents.x[i] * view.size - view.left, this.incidents.y[i] * view.size - view.top];
  }

  draw(ctx, view, state) {
    for (const group of this.groups) {
      if (group.count === 1) this.symbols.draw(ctx, this.kindName(group.first), group.x, group.y, SYMBOL, state.palette.paper);
      else this.drawGroup(ctx, group, state);
    }
  }

  drawGroup(ctx, group, { palette, say, font }) {
    const radius = groupRadius(group.count, this.groups.most);
    const { x, y } = group;
    ctx.beginPath();
    ctx.arc(x, y, radius + 1.5, 0, TAU);
    ctx.fillStyle = palette.paper;
    ctx.fill();
    let from = -Math.PI / 2;
    const names = this.symbols.families;
    group.families.forEach((count, f) => {
      if (!count) return;
      const to = from + (count / group.count) * TAU;
      ctx.beginPath();
      ctx.arc(x, y, radius - 1.75, from, to);
      ctx.strokeStyle = this.symbols.look.families[names[f]].colour;
      ctx.lineWidth = 3.5;
      ctx.stroke();
      from = to;
    });
    ctx.fillStyle = palette.text;
    ctx.font = font(group.count > 9999 ? 10.5 : 12, 600);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(short(group.count, say), x, y + 0.5);
  }

  // What the pointer or the list points at, also when it is in a group.
  drawHovered(ctx, view, state, i) {
    if (i === null || i === state.selected || !this.incidents.hasPoint(i)) return;
    this.drawDistance(ctx, view, state, i);
    const [x, y] = this.spot(i, view);
    ctx.beginPath();
    ctx.arc(x, y, SYMBOL / 2 + 3.5, 0, TAU);
    ctx.strokeStyle = state.palette.text;
    ctx.lineWidth = 2;
    ctx.stroke();
    this.symbols.draw(ctx, this.kindName(i), x, y, SYMBOL, state.palette.paper);
  }

  drawSelected(ctx, view, state) {
    const i = state.selected;
    if (i === null || !this.incidents.hasPoint(i)) return;
    this.drawDisc(ctx, view, state, i, true);
    this.drawDistance(ctx, view, state, i);
    const [x, y] = this.spot(i, view);
    ctx.beginPath();
    ctx.arc(x, y, SYMBOL / 2 + 5, 0, TAU);
    ctx.strokeStyle = state.palette.paper;
    ctx.lineWidth = 6;
    ctx.stroke();
    ctx.strokeStyle = state.palette.accent;
    ctx.lineWidth = 3;
    ctx.stroke();
    this.symbols.draw(ctx, this.kindName(i), x, y, SYMBOL + 3, state.palette.paper);
  }

  // From an incident to the nearest point of the line, with the metres between.
  drawDistance(ctx, view, state, i) {
    const { incidents } = this;
    const lon = incidents.number("nearest_lon", i);
    const lat = incidents.number("nearest_lat", i);
    const metres = incidents.number("distance_m", i);
    if (lon === null || lat === null || metres === null || !incidents.hasPoint(i)) return;
    const [x, y] = this.spot(i, view);
    const toX = worldX(lon) * view.size - view.left;
    const toY = worldY(lat) * view.size - view.top;
    if (Math.hypot(toX - x, toY - y) < 14) return;
    const { palette } = state;
    ctx.lineCap = "round";
    for (const [colour, width] of [[palette.halo, 4.5], [palette.text, 1.5]]) {
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(toX, toY);
      ctx.setLineDash(width > 2 ? [] : [2, 4]);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.lineCap = "butt";
    ctx.beginPath();
    ctx.arc(toX, toY, 3.5, 0, TAU);
    ctx.fillStyle = palette.text;
    ctx.fill();
    ctx.font = state.font(12, 600);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.strokeStyle = palette.halo;
    ctx.lineWidth = 4;
    const words = state.say.distance(metres);
    // Beyond the line's end, where neither the dashes nor the symbol stand in its way.
    const length = Math.hypot(toX - x, toY - y);
    const [ux, uy] = [(toX - x) / length, (toY - y) / length];
    ctx.textAlign = Math.abs(ux) < 0.5 ? "center" : ux > 0 ? "left" : "right";
    const [mx, my] = [toX + ux * 9, toY + uy * 13];
    ctx.strokeText(words, mx, my);
    ctx.fillStyle = palette.text;
    ctx.fillText(words, mx, my);
  }

  at(point) {
    for (let k = this.groups.length - 1; k >= 0; k--) {
      const group = this.groups[k];
      if (Math.hypot(group.x - point.x, group.y - point.y) <= groupRadius(group.count, this.groups.most) + 3) return group;
    }
    return null;
  }
}

// A count in as few figures as a sign has room for.
export function short(count, say) {
  if (count < 10000) return say.number(count);
  if (say.lang === "ko") return `${say.number(Math.round(count / 1000) / 10)}만`;
  return count < 1e6 ? `${Math.round(count / 1000)}k` : `${Math.round(count / 1e5) / 10}m`;
}
