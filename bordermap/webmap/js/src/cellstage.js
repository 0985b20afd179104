// The drawn map of counts: squares under the line, areas with all their incidents, few singles.
import { Areas } from "./areas.js";
import { CanvasLayer } from "./canvas.js";
import { el } from "./dom.js";
import { NONE } from "./incidents.js";
import { Squares } from "./squares.js";
import { Stage, pane } from "./stage.js";

// More signs than these would hide the squares, and are in them anyway.
const SINGLES = 250;

export class CellStage extends Stage {
  constructor(parts, cells, filter) {
    super({ ...parts, filter: filter.single });
    this.counts = filter;
    this.squares = new Squares(cells, filter, el("section", { class: "bm-cells-key" }));
    this.areas = new CellAreas(parts.incidents, parts.symbols, cells, filter);
    this.areas.regroup(filter.single.mask);
    this.middle = new CanvasLayer({ pane: pane(parts.map, "bm-squares", 300), draw: (ctx, view) => this.drawSquares(ctx, view) }).addTo(parts.map);
    this.top.repaint();
  }

  remove() {
    super.remove();
    this.middle.remove();
  }

  refilter() {
    super.refilter();
    this.middle?.repaint();
  }

  repaint() {
    super.repaint();
    this.middle.repaint();
  }

  drawSquares(ctx, view) {
    this.squares.key.hidden = !this.shows.cells;
    if (!this.shows.cells) return;
    this.squares.draw(ctx, view, this.state);
    this.squares.drawKey(view, this.state, this.map.getCenter().lat);
    if (this.shows.line) this.border.drawLine(ctx, view, this.state.palette);
  }

  drawBase(ctx, view) {
    super.drawBase(ctx, view);
    if (this.printing) this.drawSquares(ctx, view);
  }

  // Single incidents stand among the squares where they are few, and what was searched for.
  showsPoints(view) {
    if (!super.showsPoints(view)) return false;
    const { filter, incidents } = this;
    if (filter.words || !this.shows.cells) return true;
    const [x0, y0, x1, y1] = view.inner;
    let seen = 0;
    for (let i = 0; i < incidents.length; i++) {
      if (!filter.mask[i]) continue;
      const x = incidents.x[i] * view.size - view.left;
      const y = incidents.y[i] * view.size - view.top;
      if (x >= x0 && x <= x1 && y >= y0 && y <= y1 && ++seen > SINGLES) return false;
    }
    return true;
  }

  drawFigures(ctx, view, boxes) {
    if (this.shows.cells && this.squares) this.squares.drawFigures(ctx, view, this.state, boxes);
  }

  // Signs and labels first, then squares; an area's own ground is under its squares.
  under(event) {
    const found = super.under(event);
    const point = this.top.pointOf(event);
    const isLabel = ({ box }) => point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3];
    if (!this.shows.cells || (found && (!found.area || this.labels.some(isLabel)))) return found;
    const cell = this.squares.under(point, this.view);
    return cell ? { cell } : found;
  }

  setHovered(hovered) {
    super.setHovered(hovered);
    const cell = hovered?.cell ?? null;
    const before = this.squares.hovered;
    if (before?.x === cell?.x && before?.y === cell?.y && before?.level === cell?.level) return;
    this.squares.hovered = cell;
    this.middle.repaint();
  }
}

// Areas as `Areas` draws them, with the counts of all incidents known to each.
class CellAreas extends Areas {
  constructor(incidents, symbols, cells, filter) {
    super({ length: 0, shapes: cells.shapes, hasShape: () => false }, symbols);
    this.incidents = incidents;
    this.cells = cells;
    this.filter = filter;
    this.singles = new Map();
    cells.singleShape.forEach((shape, i) => {
      if (shape === NONE) return;
      if (!this.singles.has(shape)) this.singles.set(shape, []);
      this.singles.get(shape).push(i);
    });
  }

  regroup(mask) {
    const { cells, symbols, filter } = this;
    const { x, ends, facet, time, count } = cells.areas;
    this.groups = [];
    for (let area = 0, i = 0; area < ends.length; area++) {
      const group = { number: x[area], shape: this.shapes[x[area]], rows: [], kinds: new Map(), count: 0 };
      for (; i < ends[area]; i++) {
        if (!filter.facetOn[facet[i]] || !filter.timeOn[time[i]]) continue;
        const kind = cells.facets.kind[facet[i]] ?? "other";
        group.count += count[i];
        group.kinds.set(kind, (group.kinds.get(kind) ?? 0) + count[i]);
      }
      if (group.number < 0 || !group.count) continue; // -1: without a place
      group.rows = (this.singles.get(group.number) ?? []).filter((row) => mask[row]);
      const families = new Set([...group.kinds.keys()].map((kind) => symbols.kind(kind).family));
      group.colour = families.size === 1 ? symbols.kind(group.kinds.keys().next().value).colour : null;
      this.groups.push(group);
    }
    const extent = ({ box }) => (box[2] - box[0]) * (box[3] - box[1]);
    this.groups.sort((a, b) => extent(b.shape) - extent(a.shape) || a.number - b.number);
  }

  nameOf(group, say) {
    const { en, ko } = this.cells.shapeNames[group.number];
    return (say.lang === "ko" ? ko ?? en : en) ?? say("areas");
  }
}
