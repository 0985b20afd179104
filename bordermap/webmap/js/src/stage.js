// The drawn map: a Leaflet map with two canvases, and what lies under the pointer.
import L from "leaflet";
import { Areas } from "./areas.js";
import { Boxes } from "./boxes.js";
import { CanvasLayer } from "./canvas.js";
import { drawHeat } from "./heat.js";
import { Points, groupRadius } from "./points.js";

export class Stage {
  constructor({ map, incidents, symbols, border, ground, filter, shows, state }) {
    Object.assign(this, { map, incidents, symbols, border, ground, filter, shows, state });
    this.points = new Points(incidents, symbols);
    this.areas = new Areas(incidents, symbols);
    this.labels = [];
    this.hovered = null;
    if (border) this.base = new CanvasLayer({ pane: pane(map, "bm-ground", 210), draw: (ctx, view) => this.drawBase(ctx, view) });
    this.top = new CanvasLayer({ pane: pane(map, "bm-overlay", 450), draw: (ctx, view) => this.drawTop(ctx, view) });
    this.areas.regroup(filter.mask);
  }

  // Once the map has its view: each change of view is another picture.
  open() {
    this.base?.addTo(this.map);
    this.top.addTo(this.map);
    return this;
  }

  remove() {
    this.base?.remove();
    this.top.remove();
  }

  refilter() {
    this.areas.regroup(this.filter.mask);
    this.top.repaint();
  }

  repaint() {
    this.base?.repaint();
    this.top.repaint();
  }

  // Draws all of it on one canvas, for paper, which lays canvases over each other badly.
  print(ctx, view, dots) {
    this.printing = true;
    this.symbols.dots = dots;
    try {
      this.drawBase(ctx, view);
      this.drawTop(ctx, view);
    } finally {
      this.printing = false;
      this.symbols.dots = null;
    }
  }

  drawBase(ctx, view) {
    const { palette } = this.state;
    this.ground?.draw(ctx, view, this.state);
    if (this.shows.zones) this.border.drawZones(ctx, view, palette);
    if (this.shows.line) this.border.drawLine(ctx, view, palette);
  }

  drawTop(ctx, view) {
    const { points, areas, shows, state, filter } = this;
    this.view = view;
    if (shows.areas) areas.drawShapes(ctx, view, { ...state, hovered: this.hovered?.area });
    if (shows.heat) drawHeat(ctx, view, points.data(filter.mask), state.dark);
    if (this.showsPoints(view)) points.regroup(view, filter.mask, filter.shown);
    else points.groups = [];
    const boxes = new Boxes();
    boxes.symbols = new Boxes();
    for (const box of this.covered(view)) boxes.take(box);
    for (const { x, y, count } of points.groups) {
      const r = groupRadius(count, points.groups.most);
      const box = [x - r, y - r, x + r, y + r];
      boxes.take(box);
      boxes.symbols.take(box);
    }
    if (shows.uncertainty) points.drawDoubt(ctx, view, state);
    this.labels = shows.areas ? areas.placeLabels(ctx, view, state, boxes) : [];
    if (shows.places) this.drawNames(ctx, view, boxes);
    this.drawFigures(ctx, view, boxes);
    areas.drawLabels(ctx, this.labels, { ...state, hovered: this.hovered?.area });
    points.draw(ctx, view, state);
    points.drawHovered(ctx, view, state, this.hovered?.row ?? null);
    points.drawSelected(ctx, view, state);
  }

  showsPoints() {
    return this.shows.points;
  }

  drawFigures() {} // those of counts: see CellStage

  // Where the key and the buttons lie over the map, in the canvas's pixels; on paper nowhere.
  covered({ inner }) {
    if (this.printing) return [];
    const from = this.map.getContainer().getBoundingClientRect();
    return (this.state.covers?.() ?? []).map((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      const [dx, dy] = [inner[0] - from.left, inner[1] - from.top];
      return [left + dx, top + dy, right + dx, bottom + dy];
    });
  }

  drawNames(ctx, view, boxes) {
    const taken = this.labels.map(({ group }) => this.areas.nameOf(group, this.state.say));
    if (this.shows.line) this.border.drawNames(ctx, view, this.state, boxes, taken);
    if (this.ground) this.ground.drawNames(ctx, view, this.state, boxes);
  }

  // What lies under a spot: a symbol, a group, a label or an area.
  under(event) {
    const point = this.top.pointOf(event);
    const group = this.points.at(point);
    if (group) return group.count === 1 ? { row: group.first, group } : { group };
    const label = this.labels.find(({ box }) => point.x >= box[0] && point.x <= box[2] && point.y >= box[1] && point.y <= box[3]);
    if (label) return { area: label.group };
    const area = this.shows.areas ? this.areas.at(point, this.view) : null;
    return area ? { area } : null;
  }

  setHovered(hovered) {
    const same = this.hovered?.row === hovered?.row && this.hovered?.area === hovered?.area;
    this.hovered = hovered;
    if (!same) this.top.repaint();
  }

  // The rows of a group, first ones first.
  rowsOf(found, most) {
    if (found.area) return found.area.rows.slice(0, most);
    return this.points.rowsIn(found.group, this.filter.mask, most);
  }

  // Whether zooming in would take a group apart, and to what.
  boundsOf(rows) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of rows) {
      const [lon, lat] = this.incidents.lonLat(i);
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
    return L.latLngBounds([south, west], [north, east]);
  }
}

// A pane that lets the pointer through to the map.
export function pane(map, name, z) {
  const made = map.getPane(name) ?? map.createPane(name);
  made.style.zIndex = z;
  made.style.pointerEvents = "none";
  return name;
}
