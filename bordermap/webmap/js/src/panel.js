// Layers and key in one: every sign with its name, its count and its switch.
import { el, replace, svg } from "./dom.js";
import { BARE } from "./filter.js";

export class Panel {
  constructor({ filter, symbols, say, border, shows, has, changedFacet, changedShow }) {
    Object.assign(this, { filter, symbols, say, border, shows, has, changedFacet, changedShow });
    this.root = el("section", { class: "bm-panel" });
    this.open = new Set(["kind", "show"]);
    this.build();
  }

  speak(say) {
    this.say = say;
    this.build();
  }

  build() {
    const { say } = this;
    this.counts = [];
    this.root.setAttribute("aria-label", say("key"));
    replace(this.root,
      this.group("kind", say("byKind"), this.facetRows("kind", (kind) => [this.symbols.icon(kind, 18), kind === BARE ? say("none") : say.label(this.symbols.kind(kind))])),
      this.group("show", say("onTheMap"), this.showRows()),
      this.group("side", say("bySide"), this.facetRows("side", (side) => [null, this.sideName(side)])),
      this.group("zone", say("byZone"), this.facetRows("zone", (zone) => [null, this.zoneName(zone)])));
    this.update();
  }

  group(name, title, rows) {
    if (!rows.length) return null;
    const facet = this.filter.facets[name];
    const both = facet && rows.length > 2 ? el("span", { class: "bm-all-none" },
      el("button", { type: "button", class: "bm-link", text: this.say("all"), "aria-label": `${title}: ${this.say("all")}`, onclick: () => this.setAll(name, true) }),
      el("button", { type: "button", class: "bm-link", text: this.say("noneOf"), "aria-label": `${title}: ${this.say("noneOf")}`, onclick: () => this.setAll(name, false) })) : null;
    const details = el("details", { class: "bm-group", open: this.open.has(name), ontoggle: () => { if (details.open) this.open.add(name); else this.open.delete(name); } },
      el("summary", {}, el("span", { text: title })), both, el("ul", {}, rows));
    return details;
  }

  setAll(name, on) {
    const facet = this.filter.facets[name];
    this.changedFacet(name, new Set(on ? [] : facet.values));
    for (const box of this.root.querySelectorAll(`input[data-facet="${name}"]`)) box.checked = on;
  }

  facetRows(name, look) {
    const facet = this.filter.facets[name];
    const present = facet.values.map((value, k) => [value, k]).filter(([, k]) => facet.all[k]);
    if (present.length < 2 && name !== "kind") return [];
    return present.map(([value, k]) => {
      const [sign, words] = look(value);
      const count = el("span", { class: "bm-count" });
      this.counts.push([count, facet, k]);
      const box = el("input", {
        type: "checkbox", checked: !facet.off.has(value), "data-facet": name, "data-value": value,
        onchange: () => {
          const off = new Set(facet.off);
          if (box.checked) off.delete(value);
          else off.add(value);
          this.changedFacet(name, off);
        },
      });
      return el("li", {}, el("label", { class: "bm-check" }, box, sign, el("span", { text: words }), count));
    });
  }

  showRows() {
    return ["line", "zones", "cells", "points", "areas", "uncertainty", "places", "heat"].filter((name) => this.has[name] !== 0).map((name) => {
      const box = el("input", { type: "checkbox", checked: this.shows[name], "data-show": name, onchange: () => this.changedShow(name, box.checked) });
      const count = typeof this.has[name] === "number" ? el("span", { class: "bm-count", text: this.say.number(this.has[name]) }) : null;
      return el("li", {}, el("label", { class: "bm-check" }, box, swatch(name), el("span", { text: this.say(name === "points" && this.has.cells ? "singles" : name) }), count),
        name === "line" ? this.segmentRows() : null);
    });
  }

  segmentRows() {
    const seen = new Map();
    for (const segment of this.border.segments) if (!seen.has(segment.segment)) seen.set(segment.segment, segment);
    if (seen.size < 2) return null;
    return el("ul", { class: "bm-segments" }, [...seen.values()].map((segment) => el("li", {}, stroke(segment.style), el("span", { text: this.say.both(segment) }))));
  }

  sideName(side) {
    if (side === BARE) return this.say("none");
    if (side === "unsure") return this.say("unsure");
    return this.say.both(this.border.facts.sides.find((s) => s.id === side) ?? { en: side, ko: side });
  }

  zoneName(zone) {
    if (zone === BARE) return this.say("noZone");
    return this.say.has(zone) ? this.say(zone) : zone;
  }

  update() {
    for (const [node, facet, k] of this.counts) {
      const words = this.say.number(facet.count[k]);
      if (node.textContent !== words) node.textContent = words;
      node.parentElement.classList.toggle("bm-zero", !facet.count[k]);
    }
  }
}

const box = (...children) => svg("svg", { viewBox: "0 0 22 14", width: 22, height: 14, class: "bm-swatch-map", "aria-hidden": "true" }, children);

function stroke(style) {
  const dash = style.dash.map((d) => d * style.width).join(" ");
  return box(svg("path", { class: "bm-key-line", d: "M1 7H21", "stroke-width": style.width, "stroke-dasharray": dash || null }));
}

function swatch(name) {
  switch (name) {
    case "line": return box(svg("path", { class: "bm-key-line", d: "M1 10C6 2 12 12 21 4", "stroke-width": 2 }));
    case "zones": return box(svg("path", { class: "bm-key-zone", d: "M1 1H21V13H1Z" }), svg("path", { class: "bm-key-hatch", d: "M2 13L12 1M8 13L18 1M14 13L21 4.6M1 7L6 1" }));
    case "cells": return box(svg("path", { class: "bm-key-cells", d: "M1 1H10V13H1Z" }), svg("path", { class: "bm-key-cells bm-key-cells-more", d: "M12 1H21V13H12Z" }));
    case "areas": return box(svg("path", { class: "bm-key-area", d: "M2 2H20V12H2Z" }));
    case "uncertainty": return box(svg("circle", { class: "bm-key-doubt", cx: 11, cy: 7, r: 6 }));
    case "points": return box(svg("circle", { class: "bm-key-point", cx: 11, cy: 7, r: 5 }));
    case "places": return box(svg("circle", { class: "bm-key-town", cx: 4, cy: 7, r: 2 }), svg("path", { class: "bm-key-name", d: "M9 7H20" }));
    default: return box(svg("circle", { class: "bm-key-heat", cx: 11, cy: 7, r: 6 }));
  }
}
