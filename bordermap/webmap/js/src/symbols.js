// Symbols of kinds: drawn once for each size and theme, then stamped.
import { svg } from "./dom.js";

const GRID = 24;

export class Symbols {
  constructor(look) {
    this.look = look;
    this.kinds = Object.keys(look.kinds);
    this.families = Object.keys(look.families);
    this.stamps = new Map();
  }

  kind(name) {
    return Object.hasOwn(this.look.kinds, name) ? this.look.kinds[name] : this.look.kinds.other;
  }

  familyNumber(name) {
    return this.families.indexOf(this.kind(name).family);
  }

  stamp(name, size, paper) {
    const ratio = this.dots ?? (globalThis.devicePixelRatio || 1);
    const key = `${name} ${size} ${paper} ${ratio}`;
    if (!this.stamps.has(key)) this.stamps.set(key, this.drawn(name, size, paper, ratio));
    return this.stamps.get(key);
  }

  drawn(name, size, paper, ratio) {
    const style = this.kind(name);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil((size + 4) * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.translate(2, 2);
    ctx.scale(size / GRID, size / GRID);
    const badge = new Path2D(this.look.badges[style.badge]);
    ctx.lineWidth = (3 * GRID) / size;
    ctx.lineJoin = "round";
    ctx.strokeStyle = paper;
    ctx.stroke(badge);
    ctx.fillStyle = style.colour;
    ctx.fill(badge);
    ctx.fillStyle = "#FFFFFF";
    ctx.fill(new Path2D(this.look.glyphs[style.symbol]), "evenodd");
    return canvas;
  }

  draw(ctx, name, x, y, size, paper) {
    const full = size + 4;
    ctx.drawImage(this.stamp(name, size, paper), x - full / 2, y - full / 2, full, full);
  }

  icon(name, size = 20) {
    const style = this.kind(name);
    return svg("svg", { viewBox: "-1 -1 26 26", width: size, height: size, class: "bm-symbol", "aria-hidden": "true" },
      svg("path", { d: this.look.badges[style.badge], fill: style.colour }),
      svg("path", { d: this.look.glyphs[style.symbol], fill: "#FFFFFF", "fill-rule": "evenodd" }));
  }
}
