// A Leaflet renderer with one canvas that our own code draws: it moves and
// zooms with the map, and is drawn anew when the movement ends.
import L from "leaflet";
import { worldSize } from "./project.js";

export const CanvasLayer = L.Renderer.extend({
  options: { padding: 0.25, pane: "overlayPane", draw: null },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.className = "bm-canvas leaflet-zoom-animated";
    this._container.setAttribute("aria-hidden", "true");
    this._ctx = this._container.getContext("2d");
  },

  _updatePaths() {},

  onRemove() {
    L.Renderer.prototype.onRemove.call(this);
    cancelAnimationFrame(this._frame);
    this._frame = 0;
  },

  _destroyContainer() {
    this._container.remove();
    L.DomEvent.off(this._container);
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const ratio = globalThis.devicePixelRatio || 1;
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, min);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this._ratio = ratio;
    this.paint();
  },

  // What the canvas shows, in world pixels of this zoom.
  view() {
    const origin = this._map.getPixelOrigin();
    const { min } = this._bounds;
    const size = this._bounds.getSize();
    const zoom = this._map.getZoom();
    const inner = this._map.containerPointToLayerPoint([0, 0]).subtract(min);
    const seen = this._map.getSize();
    return {
      zoom,
      size: worldSize(zoom),
      left: origin.x + min.x,
      top: origin.y + min.y,
      width: size.x,
      height: size.y,
      // The part that is on screen, in the canvas's pixels.
      inner: [inner.x, inner.y, inner.x + seen.x, inner.y + seen.y],
    };
  },

  paint() {
    if (!this._map || !this._bounds) return;
    cancelAnimationFrame(this._frame); // what was to be drawn, is drawn now
    this._frame = 0;
    const ctx = this._ctx;
    ctx.setTransform(this._ratio, 0, 0, this._ratio, 0, 0);
    const view = this.view();
    ctx.clearRect(0, 0, view.width, view.height);
    this.options.draw(ctx, view);
  },

  // Draws before the next frame, once however often it is asked.
  repaint() {
    if (this._frame || !this._map) return;
    this._frame = requestAnimationFrame(() => {
      this._frame = 0;
      this.paint();
    });
  },

  // Where a mouse event lies on the canvas.
  pointOf(event) {
    return event.layerPoint.subtract(this._bounds.min);
  },
});
