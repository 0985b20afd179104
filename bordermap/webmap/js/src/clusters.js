// Groups of points that would cover each other, found afresh for every view.
//
// One pass over the points fills a grid of cells fixed to the world, so that
// groups stay while the map is dragged; a second joins neighbours that still
// overlap. A million points take tens of milliseconds and no index, hence a
// filter costs nothing but the pass.

export function clusters(points, view, options) {
  const { x, y, mask, family, families } = points;
  const { size, left, top, width, height } = view; // world pixels
  const { cell } = options;
  const column0 = Math.floor(left / cell);
  const row0 = Math.floor(top / cell);
  const columns = Math.floor((left + width) / cell) - column0 + 1;
  const rows = Math.floor((top + height) / cell) - row0 + 1;
  const total = columns * rows;
  const count = new Uint32Array(total);
  const sumX = new Float64Array(total);
  const sumY = new Float64Array(total);
  const first = new Int32Array(total).fill(-1);
  const byFamily = new Uint32Array(total * families);
  const scale = size / cell;
  for (let i = 0; i < x.length; i++) {
    if (!mask[i]) continue;
    const column = x[i] * scale - column0;
    const row = y[i] * scale - row0;
    if (!(column >= 0 && row >= 0 && column < columns && row < rows)) continue;
    const at = (row | 0) * columns + (column | 0);
    if (first[at] < 0) first[at] = i;
    count[at] += 1;
    sumX[at] += x[i];
    sumY[at] += y[i];
    byFamily[at * families + family[i]] += 1;
  }
  const groups = [];
  for (let at = 0; at < total; at++) {
    if (!count[at]) continue;
    groups.push({
      count: count[at],
      first: first[at],
      x: (sumX[at] / count[at]) * size - left,
      y: (sumY[at] / count[at]) * size - top,
      families: byFamily.slice(at * families, (at + 1) * families),
      cells: [at],
      at,
    });
  }
  const most = groups.reduce((top, group) => Math.max(top, group.count), 1);
  const joined = join(groups, columns, (count) => options.radius(count, most));
  joined.most = most;
  joined.grid = { scale, column0, row0, columns, rows };
  return joined;
}

// Larger groups take in neighbours whose discs would overlap theirs.
function join(groups, columns, radius) {
  const at = new Map(groups.map((group) => [group.at, group]));
  const order = [...groups].sort((a, b) => b.count - a.count || a.at - b.at);
  const kept = [];
  for (const group of order) {
    if (group.gone) continue;
    kept.push(group);
    group.kept = true;
    for (const step of [-1, 1, -columns, columns, -columns - 1, -columns + 1, columns - 1, columns + 1]) {
      const other = at.get(group.at + step);
      if (!other || other.gone || other.kept) continue;
      const near = (radius(group.count) + radius(other.count)) * 0.9;
      if (Math.hypot(group.x - other.x, group.y - other.y) >= near) continue;
      const sum = group.count + other.count;
      group.x = (group.x * group.count + other.x * other.count) / sum;
      group.y = (group.y * group.count + other.y * other.count) / sum;
      group.count = sum;
      group.first = Math.min(group.first, other.first);
      for (let f = 0; f < group.families.length; f++) group.families[f] += other.families[f];
      group.cells.push(...other.cells);
      other.gone = true;
    }
  }
  return kept;
}

// The rows in a group, in the table's order.
export function members(points, grid, group, most = Infinity) {
  const { x, y, mask } = points;
  const cells = new Set(group.cells);
  const out = [];
  for (let i = 0; i < x.length && out.length < most; i++) {
    if (!mask[i]) continue;
    const column = x[i] * grid.scale - grid.column0;
    const row = y[i] * grid.scale - grid.row0;
    if (!(column >= 0 && row >= 0 && column < grid.columns && row < grid.rows)) continue;
    if (cells.has((row | 0) * grid.columns + (column | 0))) out.push(i);
  }
  return out;
}
