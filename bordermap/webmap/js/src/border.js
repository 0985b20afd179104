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
}
