// Rings in world units to a canvas's path, cut to what the view needs.

export function isSeen(box, view, margin = 0) {
  const { size, left, top, width, height } = view;
  return box[2] * size >= left - margin && box[0] * size <= left + width + margin
    && box[3] * size >= top - margin && box[1] * size <= top + height + margin;
}

// Adds rings to the path; vertices less than half a pixel on are left out.
export function trace(ctx, shape, view) {
  const { size, left, top } = view;
  for (const [k, ring] of shape.rings.entries()) {
    // Holes of a pixel or two are specks.
    if (k && shape.closed && shape.spans && shape.spans[k] * size < 2.5) continue;
    let px = ring[0] * size - left;
    let py = ring[1] * size - top;
    ctx.moveTo(px, py);
    const end = ring.length - 2;
    for (let v = 2; v <= end; v += 2) {
      const x = ring[v] * size - left;
      const y = ring[v + 1] * size - top;
      if (v < end && Math.abs(x - px) + Math.abs(y - py) < 0.6) continue;
      ctx.lineTo(x, y);
      px = x;
      py = y;
    }
    if (shape.closed) ctx.closePath();
  }
}

export function traceAll(ctx, list, view, margin = 4) {
  ctx.beginPath();
  for (const shape of list) if (isSeen(shape.box, view, margin)) trace(ctx, shape, view);
}

const hatches = new Map();

// Diagonal lines as a pattern; `step` is their distance in pixels.
export function hatch(ctx, colour, step) {
  const ratio = globalThis.devicePixelRatio || 1;
  const key = `${colour} ${step} ${ratio}`;
  if (!hatches.has(key)) {
    const side = Math.round(step * ratio * Math.SQRT2);
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 0.9 * ratio;
    pen.beginPath();
    for (const shift of [-side, 0, side]) {
      pen.moveTo(shift, side);
      pen.lineTo(shift + side, 0);
    }
    pen.stroke();
    hatches.set(key, { tile, ratio });
  }
  const { tile } = hatches.get(key);
  const pattern = ctx.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}
