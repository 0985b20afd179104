// How thickly incidents lie: counted in small cells, blurred, coloured.

const CELL = 5;

export function drawHeat(ctx, view, { x, y, mask }, dark) {
  const width = Math.ceil(view.width / CELL);
  const height = Math.ceil(view.height / CELL);
  let grid = new Float32Array(width * height);
  const scale = view.size / CELL;
  const left = view.left / CELL;
  const top = view.top / CELL;
  for (let i = 0; i < x.length; i++) {
    if (!mask[i]) continue;
    const column = x[i] * scale - left;
    const row = y[i] * scale - top;
    if (column >= 0 && row >= 0 && column < width && row < height) grid[(row | 0) * width + (column | 0)] += 1;
  }
  for (let pass = 0; pass < 3; pass++) grid = blurred(grid, width, height, 4);
  let most = 0;
  for (const value of grid) if (value > most) most = value;
  if (!most) return;
  const image = new ImageData(width, height);
  for (let k = 0; k < grid.length; k++) {
    const t = Math.sqrt(grid[k] / most);
    if (t < 0.04) continue;
    const [r, g, b] = colour(t, dark);
    image.data.set([r, g, b, Math.min(1, t * 1.6) * 190], k * 4);
  }
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = true;
  ctx.drawImage(canvas, 0, 0, width * CELL, height * CELL);
}

// A box's running sum, across and then down.
function blurred(grid, width, height, radius) {
  const across = new Float32Array(grid.length);
  const both = new Float32Array(grid.length);
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < height; row++) run(grid, across, row * width, 1, width, radius, share);
  for (let column = 0; column < width; column++) run(across, both, column, width, height, radius, share);
  return both;
}

function run(from, to, begin, step, length, radius, share) {
  let sum = 0;
  for (let k = 0; k < Math.min(radius, length); k++) sum += from[begin + k * step];
  for (let k = 0; k < length; k++) {
    if (k + radius < length) sum += from[begin + (k + radius) * step];
    if (k - radius - 1 >= 0) sum -= from[begin + (k - radius - 1) * step];
    to[begin + k * step] = sum * share;
  }
}

// One hue that grows darker (lighter on dark), so that it also reads in grey.
function colour(t, dark) {
  const stops = dark
    ? [[70, 40, 70], [190, 70, 90], [255, 190, 120]]
    : [[250, 205, 160], [222, 110, 80], [120, 20, 50]];
  const at = Math.min(1.999, t * 2);
  const [a, b] = [stops[Math.floor(at)], stops[Math.floor(at) + 1]];
  return a.map((value, i) => value + (b[i] - value) * (at % 1));
}
