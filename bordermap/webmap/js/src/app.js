// The page: state in one place, parts that show it, and what users do to it.
import L from "leaflet";
import { card, dateWords } from "./card.js";
import { buildFrame } from "./frame.js";
import { el, plain } from "./dom.js";
import { CellFilter } from "./cells.js";
import { CellStage } from "./cellstage.js";
import { Filter } from "./filter.js";
import { List } from "./list.js";
import { Panel } from "./panel.js";
import { layOutForPaper, layOutForScreen } from "./paper.js";
import { read, written } from "./permalink.js";
import { Stage } from "./stage.js";
import { Symbols } from "./symbols.js";
import { applyTheme, paletteOf, prefersDark } from "./theme.js";
import { Timeline } from "./timeline.js";
import { openView } from "./opening.js";
import { save, toCsv, toGeoJson } from "./download.js";
import { speaker } from "./words.js";

const SHOWS = { line: true, zones: true, cells: true, points: true, areas: true, uncertainty: true, places: true, heat: false };

export class App {
  constructor(root, config, { incidents, border, ground, cells = null }, map) {
    Object.assign(this, { root, config, incidents, border, ground, cells, map });
    this.opened = read(location.hash);
    this.hasAddress = location.protocol !== "about:"; // a page inside a page has none
    this.lang = this.opened.lang ?? config.lang;
    this.theme = this.opened.theme ?? null;
    this.symbols = new Symbols(config.look);
    const known = [incidents, Object.keys(config.look.kinds), border.facts.sides.map((side) => side.id)];
    this.filter = cells ? new CellFilter(cells, ...known) : new Filter(...known);
    this.single = this.filter.single ?? this.filter; // which incidents are shown one by one
    this.told = cells?.totals ?? incidents; // what the timeline counts
    this.shows = { ...SHOWS, uncertainty: incidents.length <= 2000, ...pick(this.opened.shows, SHOWS) };
    this.defaults = { ...SHOWS, uncertainty: incidents.length <= 2000 };
    this.state = { selected: null, symbols: this.symbols };
    this.setVoice();
    this.setColours();
    this.frame = buildFrame(this);
    this.makeParts();
    this.restore();
    this.listen();
  }

  setVoice() {
    const say = speaker(this.lang);
    say.segments = Object.fromEntries(this.border.segments.map((segment) => [segment.segment, say.both(segment)]));
    this.say = this.state.say = say;
    this.root.lang = this.lang;
    if (this.root.parentElement === document.body) {
      document.documentElement.lang = this.lang;
      document.title = this.config.title[this.lang];
    }
  }

  setColours(forced) {
    const dark = forced ?? (this.theme ? this.theme === "dark" : prefersDark());
    this.state.dark = dark;
    this.state.palette = paletteOf(this.config.look, dark);
    applyTheme(this.root, this.state.palette, dark);
    const family = getComputedStyle(this.root).fontFamily;
    this.state.font = (size, weight = 400, style = "") => `${style} ${weight} ${size}px ${family}`;
  }

  makeParts() {
    const { incidents, symbols, say, filter, border, frame, cells } = this;
    this.list = new List({ incidents, symbols, say, chosen: (i) => this.select(i, { move: true }), hovered: (i) => this.stage.setHovered(i === null ? null : this.asHovered(i)) });
    const points = incidents.lon.reduce((n, value) => n + (value !== -(2 ** 31)), 0);
    const areas = cells ? cells.facts.areas : incidents.shape.reduce((n, value) => n + (value !== -(2 ** 31)), 0);
    this.panel = new Panel({
      filter, symbols, say, border, shows: this.shows,
      has: { line: true, cells: cells ? cells.facts.points : 0, zones: border.zones.length ? true : 0, points, areas, uncertainty: points && incidents.has("radius_m") ? true : 0, places: this.ground ? true : 0, heat: points > 1 && !cells ? true : 0 },
      changedFacet: (name, off) => { filter.setFacet(name, off); this.changed(name); },
      changedShow: (name, on) => { this.shows[name] = on; this.stage.repaint(); this.remember(); },
    });
    const drawn = { map: this.map, incidents, symbols, border, ground: this.ground, filter, shows: this.shows, state: this.state };
    this.stage = cells ? new CellStage(drawn, cells, filter) : new Stage(drawn);
    if (cells) frame.cellsBox.append(this.stage.squares.key);
    const { told } = this;
    const undatedCount = told.start.reduce((n, value, i) => n + (value === -(2 ** 31) ? told.weight?.[i] ?? 1 : 0), 0);
    this.timeline = new Timeline({ incidents: told, filter, say, undatedCount, changed: (days, undated) => { filter.setTime(days, undated); this.changed("time"); } });
    frame.place(this);
    this.state.covers = () => [frame.panelBox, frame.scaleBar, ...(cells ? [frame.cellsBox] : []), ...frame.controls.children].filter((node) => node.offsetParent);
  }

  asHovered(i) {
    const area = this.incidents.hasShape(i) ? this.stage.areas.groups.find((group) => group.rows.includes(i)) : undefined;
    return { row: i, area };
  }

  // What the address says, else everything; then the first picture.
  restore() {
    const { opened, filter } = this;
    for (const [name, off] of Object.entries(opened.off)) filter.setFacet(name, off);
    if (opened.words) {
      filter.setWords(opened.words);
      this.frame.search.value = opened.words;
    }
    if (opened.time || opened.undated === false) {
      filter.setTime(opened.time ?? null, opened.undated ?? true);
      this.timeline.undated.checked = filter.undated;
      if (opened.time) this.timeline.setDays(opened.time);
    }
    this.panel.build();
    if (opened.view) this.map.setView([opened.view.centre[1], opened.view.centre[0]], opened.view.zoom, { animate: false });
    else this.home(false);
    this.changed(null);
    this.stage.open();
    this.selectOpened();
  }

  selectOpened() {
    const { selected, view } = this.opened;
    if (!selected || !this.incidents.has("id")) return;
    const i = this.incidents.find(selected);
    if (i >= 0) this.select(i, { move: !view });
  }

  // The words that came after the first picture: cards and searches are done again with them.
  takeIn(pack) {
    this.incidents.takeIn(pack);
    if (this.filter.words) this.search(this.filter.words);
    this.list.drawn = null;
    this.list.render();
    if (this.state.selected !== null) this.frame.showCard(card(this.state.selected, this.cardContext()), this.state.selected);
    else this.selectOpened();
  }

  home(animate = true) {
    const bounds = openView(this);
    const key = this.frame.panelOpen && !this.frame.isPhone() ? 326 : 60; // the key and the buttons cover it
    const room = this.map.getSize().x > 760 ? key : 48;
    this.map.fitBounds(bounds, { animate, paddingTopLeft: [30, 24], paddingBottomRight: [room, 24], maxZoom: 12 });
  }

  listen() {
    const { map } = this;
    map.on("moveend", () => { this.remember(); this.frame.scale(map); });
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.hover(null));
    map.on("click", (event) => this.click(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (!this.theme) this.recolour(); });
    new ResizeObserver(() => { map.invalidateSize({ animate: false }); this.timeline.resized(); }).observe(this.root);
    addEventListener("hashchange", () => { if (location.hash.slice(1) !== this.hash) location.reload(); });
    addEventListener("beforeprint", () => {
      this.setColours(false); // paper is white
      layOutForPaper(this);
    });
    addEventListener("afterprint", () => {
      layOutForScreen(this);
      this.recolour();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.state.selected !== null && !event.defaultPrevented) this.select(null);
    });
    this.frame.scale(map);
  }

  // After a filter changed: the mask, and all that shows it.
  changed(what) {
    const { filter, say, single } = this;
    filter.finish();
    this.list.nothing = this.cells && filter.words ? say("nothingNewest", { m: say.number(single.total) }) : null;
    this.list.setMask(single.mask, single.shown);
    this.panel.update();
    this.stage.refilter();
    if (what !== "time") this.timeline.draw();
    this.frame.count.textContent = this.countWords();
    this.frame.reset.hidden = single.shown === single.total && filter.shown === filter.total;
    this.list.selected = this.state.selected;
    this.list.render();
    this.remember();
  }

  countWords() {
    const { filter, say, single, cells } = this;
    const all = filter.shown === filter.total;
    const facts = { n: say.number(filter.shown), all: say.number(filter.total), m: say.number(single.shown) };
    if (!cells) return say(all ? "shownAll" : "shown", facts);
    if (filter.words) return say("foundCells", { n: facts.m, m: say.number(single.total) });
    return say(all ? "shownAllCells" : "shownCells", facts);
  }

  reset() {
    for (const name of Object.keys(this.filter.facets)) this.filter.setFacet(name, new Set());
    this.filter.setWords("");
    this.frame.search.value = "";
    this.filter.setTime(null, true);
    this.timeline.stop();
    this.timeline.undated.checked = true;
    this.timeline.setRange(null, { tell: false });
    this.panel.build();
    this.changed(null);
  }

  search(words) {
    this.filter.setWords(words);
    this.changed("words");
  }

  select(i, { move = false } = {}) {
    const before = this.state.selected;
    this.state.selected = i;
    if (i === null) {
      this.frame.showCard(null);
      if (before !== null) this.list.root.focus({ preventScroll: true });
    } else {
      this.frame.showCard(card(i, this.cardContext()), i);
      if (move) this.bringIntoView(i);
    }
    this.list.select(i);
    this.stage.top.repaint();
    this.remember();
  }

  cardContext() {
    return { incidents: this.incidents, symbols: this.symbols, say: this.say, sides: this.border.facts.sides };
  }

  bringIntoView(i) {
    const { incidents, map } = this;
    if (!incidents.isPlaced(i)) return;
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (incidents.hasPoint(i)) {
      const [lon, lat] = incidents.lonLat(i);
      const box = map.getBounds().pad(-0.12);
      if (!box.contains([lat, lon])) map.panTo([lat, lon], { animate });
      return;
    }
    const shape = this.stage.areas.shapes[incidents.shape[i]];
    const bounds = this.boundsOfShape(shape);
    if (!map.getBounds().intersects(bounds)) map.fitBounds(bounds, { animate, padding: [30, 30] });
  }

  boundsOfShape({ box }) {
    const corner = (x, y) => this.map.options.crs.pointToLatLng(L.point(x * 256, y * 256), 0);
    return L.latLngBounds(corner(box[0], box[3]), corner(box[2], box[1]));
  }

  hover(event) {
    const found = event && this.stage.under(event);
    this.map.getContainer().style.cursor = found ? "pointer" : "";
    this.stage.setHovered(found ? { row: found.row ?? null, area: found.area, cell: found.cell } : null);
    this.frame.tip(found ? this.tipFor(found) : null, event?.containerPoint);
  }

  tipFor(found) {
    const { incidents, say } = this;
    if (found.row !== undefined) {
      const i = found.row;
      const distance = incidents.number("distance_m", i);
      return [el("strong", { text: plain(incidents.text("title", i) ?? say.label(this.symbols.kind(incidents.text("kind", i) ?? "other")), 160) }), el("span", { text: dateWords(i, incidents, say) }),
        distance !== null ? el("span", { text: `${say("distance")}: ${say.distance(distance)}` }) : null];
    }
    if (found.cell) {
      return [el("strong", { text: say("inCell", { n: say.number(found.cell.count) }) }), this.stage.squares.canOpen(found.cell) ? el("span", { text: say("openCell") }) : null];
    }
    if (found.area) {
      return [el("strong", { text: plain(this.stage.areas.nameOf(found.area, say), 120) }), el("span", { text: say("inArea", { n: say.number(found.area.count ?? found.area.rows.length) }) })];
    }
    return [el("strong", { text: say("here", { n: say.number(found.group.count) }) })];
  }

  click(event) {
    const found = this.stage.under(event);
    this.frame.tip(null);
    if (!found) {
      if (this.state.selected !== null) this.select(null);
      return;
    }
    if (found.row !== undefined) {
      this.select(found.row);
      return;
    }
    if (found.cell) {
      const zoom = Math.min(this.map.getZoom() + 2, this.map.getMaxZoom());
      this.map.fitBounds(this.stage.squares.boundsOf(found.cell), { padding: [60, 60], maxZoom: zoom });
      return;
    }
    const rows = this.stage.rowsOf(found, 5000);
    if (found.area) {
      if (rows.length === 1 && (found.area.count ?? 1) === 1) this.select(rows[0]);
      else this.frame.showSome(rows, this.stage.areas.nameOf(found.area, this.say), found.area.count);
      return;
    }
    const bounds = this.stage.boundsOf(rows);
    const together = bounds.getSouthWest().equals(bounds.getNorthEast(), 2e-4);
    if (together || this.map.getZoom() >= this.map.getMaxZoom()) this.frame.showSome(rows, null);
    else this.map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.max(this.map.getZoom() + 1, 15) });
  }

  setLang(lang) {
    this.lang = lang;
    this.setVoice();
    this.timeline.stop();
    this.frame.speak(this);
    this.list.speak(this.say);
    this.panel.speak(this.say);
    this.timeline.speak(this.say);
    this.stage.repaint();
    if (this.state.selected !== null) this.frame.showCard(card(this.state.selected, this.cardContext()), this.state.selected);
    this.changed(null);
    this.frame.scale(this.map);
  }

  setTheme(dark) {
    this.theme = dark === prefersDark() ? null : dark ? "dark" : "light";
    this.recolour();
    this.remember();
  }

  recolour() {
    this.setColours();
    this.stage.repaint();
  }

  // The address follows the view; where it cannot (a page inside a page), it stays.
  remember() {
    if (!this.frame || !this.stage || !this.hasAddress) return;
    const centre = this.map.getCenter();
    this.hash = written({
      centre: [centre.lng, centre.lat], zoom: this.map.getZoom(), time: this.filter.time, undated: this.filter.undated,
      off: Object.fromEntries(Object.entries(this.filter.facets).map(([name, facet]) => [name, facet.off])),
      shows: this.shows, defaults: this.defaults, words: this.filter.words,
      selected: this.state.selected === null ? null : this.incidents.text("id", this.state.selected),
      lang: this.lang, openedIn: this.config.lang, theme: this.theme,
    });
    clearTimeout(this.remembering);
    // Browsers refuse more than a hundred changes of address in half a minute.
    this.remembering = setTimeout(() => history.replaceState(null, "", `#${this.hash}`), 350);
  }

  async download(format) {
    await this.whole;
    const rows = this.filter.rows();
    const name = (this.config.title[this.lang].replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "incidents").toLowerCase();
    if (format === "csv") save(toCsv(this.incidents, rows), `${name}.csv`, "text/csv");
    else save(toGeoJson(this.incidents, rows), `${name}.geojson`, "application/geo+json");
  }
}

const pick = (from, known) => Object.fromEntries(Object.entries(from).filter(([name]) => name in known));
