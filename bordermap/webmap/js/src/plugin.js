// The layers for any folium map: they use the Leaflet that its page has loaded.
import L from "leaflet";
import { Border } from "./border.js";
import { CanvasLayer } from "./canvas.js";
import { card } from "./card.js";
import { el } from "./dom.js";
import { Incidents } from "./incidents.js";
import { unpack } from "./pack.js";
import { Stage, pane } from "./stage.js";
import { Symbols } from "./symbols.js";
import { paletteOf } from "./theme.js";
import { speaker } from "./words.js";

// Unpacks when it is made, draws when it is on a map and the data is there.
const DataLayer = L.Layer.extend({
  initialize(id, options) {
    L.setOptions(this, options);
    const node = document.getElementById(id);
    this.ready = unpack(node.textContent, node.dataset.encoding).then((pack) => this.read(pack));
  },

  onAdd(map) {
    this.ready.then(() => { if (map.hasLayer(this) && !this.drawing) this.draw(map); });
  },

  onRemove() {
    this.drawing?.remove();
    this.drawing = null;
  },

  getState(extra) {
    const palette = paletteOf(this.options.look, false);
    const font = (size, weight = 400, style = "") => `${style} ${weight} ${size}px system-ui, "Noto Sans", "Noto Sans CJK KR", "Malgun Gothic", sans-serif`;
    return { palette, dark: false, font, say: speaker(this.options.lang), selected: null, ...extra };
  },
});

const DemarcationLayer = DataLayer.extend({
  read(pack) {
    this.border = new Border(pack);
  },

  draw(map) {
    const { palette } = this.getState();
    const draw = (ctx, view) => {
      this.border.drawZones(ctx, view, palette);
      this.border.drawLine(ctx, view, palette);
    };
    this.drawing = new CanvasLayer({ pane: pane(map, "bm-line", 420), draw }).addTo(map);
  },

  getAttribution() {
    return null; // Leaflet takes attributions for HTML
  },
});

const IncidentLayer = DataLayer.extend({
  read(pack) {
    this.incidents = new Incidents(pack);
    this.whole = this.takeIn();
  },

  // The words that only cards need; they stand before the script.
  async takeIn() {
    for (const id of this.options.later) {
      const { textContent, dataset } = document.getElementById(id);
      this.incidents.takeIn(await unpack(textContent, dataset.encoding));
    }
  },

  draw(map) {
    const { incidents } = this;
    const symbols = new Symbols(this.options.look);
    const state = this.getState({ symbols });
    const mask = new Uint8Array(incidents.length).fill(1);
    const shows = { points: true, areas: true, uncertainty: this.options.uncertainty, heat: false, places: false };
    this.drawing = new Stage({ map, incidents, symbols, border: null, ground: null, filter: { mask, shown: incidents.length }, shows, state }).open();
    map.on("mousemove", this.hover, this);
    map.on("click", this.click, this);
  },

  onRemove(map) {
    map.off("mousemove", this.hover, this);
    map.off("click", this.click, this);
    DataLayer.prototype.onRemove.call(this);
  },

  hover(event) {
    const found = this.drawing.under(event);
    event.target.getContainer().style.cursor = found ? "pointer" : "";
    this.drawing.setHovered(found ? { row: found.row ?? null, area: found.area } : null);
  },

  click(event) {
    const stage = this.drawing;
    const map = event.target;
    const found = stage.under(event);
    if (!found) return;
    const rows = found.row === undefined ? stage.rowsOf(found, 200) : [found.row];
    const bounds = stage.boundsOf(rows);
    const apart = found.group && rows.length > 1 && !bounds.getSouthWest().equals(bounds.getNorthEast(), 2e-4);
    if (apart && map.getZoom() < map.getMaxZoom()) map.fitBounds(bounds, { padding: [60, 60] });
    else this.popup(map, event.latlng, rows);
  },

  popup(map, at, rows) {
    const { say, symbols } = this.drawing.state;
    const context = { incidents: this.incidents, symbols, say, sides: this.options.sides };
    // A node, not a string: Leaflet would take a string for HTML.
    const content = el("div", { class: "bm-popup" }, rows.map((i) => card(i, context)));
    L.popup({ maxWidth: 340, maxHeight: 380, autoPanPadding: [20, 20] }).setLatLng(at).setContent(content).openOn(map);
  },
});

L.bordermap = {
  demarcationLayer: (id, options) => new DemarcationLayer(id, options),
  incidentLayer: (id, options) => new IncidentLayer(id, options),
};
