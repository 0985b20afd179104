// The page's furniture: heading, search, list and card, controls, footer.
import L from "leaflet";
import { dateWords } from "./card.js";
import { el, plain, replace } from "./dom.js";
import { icon } from "./icons.js";
import { measured, showScale } from "./scalebar.js";

const PHONE = "(max-width: 760px)";

export function makeMap(tiles) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const box = el("div", { class: "bm-map" });
  const map = L.map(box, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 1, minZoom: 3, maxZoom: 16, center: [38, 127], zoom: 7,
    zoomAnimation: !still, fadeAnimation: !still, inertia: !still, maxBounds: [[-85, -270], [85, 270]], wheelPxPerZoomLevel: 90,
  });
  if (tiles) {
    const { url, subdomains, max_zoom: deepest } = tiles;
    L.tileLayer(url, { subdomains, maxZoom: 20, maxNativeZoom: deepest, detectRetina: false, pane: "tilePane" }).addTo(map);
  }
  return map;
}

export function buildFrame(app) {
  const frame = new Frame(app);
  frame.speak(app);
  return frame;
}

class Frame {
  constructor(app) {
    this.app = app;
    this.search = el("input", { type: "search", class: "bm-search-input", autocomplete: "off", spellcheck: "false", oninput: () => this.searched() });
    this.count = el("p", { class: "bm-shown", role: "status" });
    this.reset = el("button", { type: "button", class: "bm-link", onclick: () => app.reset() });
    this.tooltip = el("div", { class: "bm-tip", hidden: true });
    this.scaleBar = el("div", { class: "bm-scale" });
    this.cellsBox = el("div", { class: "bm-cells-box" });
    this.toast = el("p", { class: "bm-toast", role: "status" });
    this.cardBox = el("section", { class: "bm-card-box", hidden: true });
    this.listBox = el("div", { class: "bm-list-box" });
    this.side = el("section", { class: "bm-side" });
    this.stage = el("main", { class: "bm-stage" });
    this.timeBox = el("div", { class: "bm-time-box" });
    this.foot = el("footer", { class: "bm-foot" });
    this.printed = el("section", { class: "bm-printed" });
    this.tabs = el("nav", { class: "bm-tabs" });
    this.panelBox = el("div", { class: "bm-panel-box" });
    this.controls = el("div", { class: "bm-controls" });
    this.panelOpen = !matchMedia(PHONE).matches && app.root.clientWidth >= 1080;
    this.view = "map";
    replace(app.root, this.side, this.stage, this.timeBox, this.foot, this.tabs, this.printed);
    replace(this.stage, app.map.getContainer(), this.controls, this.panelBox, this.scaleBar, this.cellsBox, this.tooltip, this.toast);
  }

  place({ list, panel, timeline }) {
    replace(this.listBox, list.empty, list.root);
    replace(this.panelBox, panel.root);
    replace(this.timeBox, timeline.root);
    this.showPanel(this.panelOpen);
    this.app.map.invalidateSize({ animate: false });
  }

  // All words, in the app's language.
  speak(app) {
    const { say, config } = app;
    // Counts have no words: only the single incidents can be searched.
    const search = app.cells ? say("searchNewest", { m: say.number(app.single.total) }) : say("search");
    this.search.placeholder = search;
    this.search.setAttribute("aria-label", search);
    this.reset.textContent = say("reset");
    const box = app.map.getContainer();
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", say("mapLabel"));
    const language = (code, words) => el("button", { type: "button", lang: code, "aria-pressed": String(app.lang === code), text: words, onclick: () => app.setLang(code) });
    this.side.setAttribute("aria-label", say("incidents"));
    replace(this.side,
      el("header", { class: "bm-head" },
        el("h1", { text: plain(config.title[app.lang], 300) }),
        el("p", { class: "bm-summary", text: config.summary[app.lang] })),
      el("div", { class: "bm-tools" },
        el("div", { class: "bm-search", role: "search" }, icon("search"), this.search),
        el("div", { class: "bm-lang", role: "group", "aria-label": say("language") }, language("en", "EN"), language("ko", "한국어"))),
      el("div", { class: "bm-results" }, this.count, this.reset),
      this.listBox, this.cardBox,
      el("div", { class: "bm-downloads" }, icon("down"), el("span", { text: say("download") }),
        el("button", { type: "button", class: "bm-link", text: "GeoJSON", onclick: () => app.download("geojson") }),
        el("button", { type: "button", class: "bm-link", text: "CSV", onclick: () => app.download("csv") })));
    this.speakControls(app);
    this.speakFoot(app);
    this.speakTabs(app);
  }

  speakControls(app) {
    const { say, map } = app;
    const button = (name, sign, act, more = {}) => el("button", { type: "button", class: "bm-button", "aria-label": say(name), title: say(name), onclick: act, ...more }, icon(sign));
    this.panelButton = button("key", "layers", () => this.showPanel(!this.panelOpen), { "aria-expanded": String(this.panelOpen) });
    replace(this.controls,
      el("div", { class: "bm-bar" }, button("zoomIn", "plus", () => map.zoomIn()), button("zoomOut", "minus", () => map.zoomOut()), button("home", "home", () => app.home())),
      el("div", { class: "bm-bar" }, this.panelButton,
        button("theme", "moon", () => app.setTheme(!app.state.dark)),
        document.fullscreenEnabled ? button("fullscreen", "full", () => this.fullscreen()) : null,
        app.hasAddress ? button("share", "link", () => this.share()) : null, button("print", "print", () => globalThis.print())));
  }

  speakFoot({ say, border, config, ground }) {
    const { facts } = border;
    const names = [...new Set([...facts.attributions, ...(ground?.attributions ?? []), ...(config.tiles ? [config.tiles.attribution] : [])])];
    replace(this.foot,
      el("p", {}, el("span", { text: say("lineAs", { who: plain(facts.published_by, 300) }) }), " ",
        el("span", { text: `${say("data")}: ${names.map((name) => plain(name, 200)).join("; ")}.` }),
        config.credit ? [" ", el("span", { class: "bm-credit", text: plain(config.credit, 500) })] : null));
  }

  speakTabs({ say }) {
    const tab = (name, sign, words) => el("button", { type: "button", "aria-pressed": String(this.view === name), onclick: () => this.setView(name) }, icon(sign), el("span", { text: words }));
    this.tabs.setAttribute("aria-label", say("map"));
    replace(this.tabs, tab("map", "map", say("map")), tab("list", "list", say("list")), tab("key", "layers", say("key")));
  }

  // On a phone one of map, list and key is in sight.
  setView(name) {
    this.view = name;
    this.app.root.dataset.view = name;
    // A card lies over the lower half: over the map it is wanted, over what was asked for now it is not.
    if (name !== "map" && !this.cardBox.hidden) this.app.select(null);
    this.speakTabs(this.app);
    if (name === "key") this.showPanel(true);
    this.app.list.render();
    this.app.map.invalidateSize({ animate: false });
  }

  isPhone() {
    return matchMedia(PHONE).matches;
  }

  showPanel(open) {
    this.panelOpen = open;
    this.panelBox.hidden = !open;
    this.panelButton.setAttribute("aria-expanded", String(open));
    this.app.stage?.top.repaint();
  }

  searched() {
    clearTimeout(this.searching);
    this.searching = setTimeout(() => this.app.search(this.search.value), this.app.incidents.length > 50000 ? 180 : 60);
  }

  showCard(node, i = null) {
    const { app } = this;
    const { say } = app;
    this.cardBox.hidden = !node;
    app.root.classList.toggle("bm-has-card", Boolean(node));
    if (!node) return;
    const step = (by, name, sign) => {
      const other = app.list.neighbour(i, by);
      return el("button", { type: "button", class: "bm-button", "aria-label": say(name), title: say(name), disabled: other === null, onclick: () => app.select(other, { move: true }) }, icon(sign));
    };
    replace(this.cardBox,
      el("div", { class: "bm-card-bar" },
        el("button", { type: "button", class: "bm-back", onclick: () => app.select(null) }, icon("back"), el("span", { text: say("back") })),
        el("span", { class: "bm-steps" }, step(-1, "previous", "back"), step(1, "next", "on"))),
      node);
    this.cardBox.scrollTop = 0;
    node.querySelector(".bm-card-title").focus({ preventScroll: true });
  }

  // A choice among incidents that stand at one spot.
  showSome(rows, name, count = rows.length) {
    const { app } = this;
    const { say, incidents, symbols } = app;
    const title = name ? plain(name, 120) : say("here", { n: say.number(count) });
    this.cardBox.hidden = false;
    app.root.classList.add("bm-has-card");
    replace(this.cardBox,
      el("div", { class: "bm-card-bar" }, el("button", { type: "button", class: "bm-back", onclick: () => app.select(null) }, icon("back"), el("span", { text: say("back") }))),
      el("section", { class: "bm-card" }, el("h2", { class: "bm-card-title", tabindex: -1, text: title }),
        name ? el("p", { class: "bm-quiet", text: say("inArea", { n: say.number(count) }) }) : null,
        rows.length ? null : el("p", { class: "bm-quiet", text: say("noneOpen") }),
        el("ul", { class: "bm-some" }, rows.slice(0, 200).map((i) => el("li", {},
          el("button", { type: "button", onclick: () => app.select(i) }, symbols.icon(incidents.text("kind", i) ?? "other", 20),
            el("span", {}, el("span", { class: "bm-row-title", text: plain(incidents.text("title", i) ?? "", 200) }), el("span", { class: "bm-quiet", text: dateWords(i, incidents, say) })))))),
        rows.length > 200 ? el("p", { class: "bm-quiet", text: say("andMore", { n: say.number(rows.length - 200) }) }) : null));
    this.cardBox.querySelector(".bm-card-title").focus({ preventScroll: true });
  }

  tip(children, point) {
    this.tooltip.hidden = !children;
    if (!children) return;
    replace(this.tooltip, children);
    const width = this.stage.clientWidth;
    const right = point.x > width - 260;
    this.tooltip.style.left = right ? "" : `${point.x + 16}px`;
    this.tooltip.style.right = right ? `${width - point.x + 14}px` : "";
    this.tooltip.style.top = `${Math.max(6, Math.min(this.stage.clientHeight - 90, point.y + 14))}px`;
  }

  scale(map) {
    showScale(this.scaleBar, measured(map.getCenter().lat, map.getZoom(), this.app.say));
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.app.root.requestFullscreen();
  }

  async share() {
    history.replaceState(null, "", `#${this.app.hash}`);
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      this.say(this.app.say("inAddress")); // not allowed here
      return;
    }
    this.say(this.app.say("copied"));
  }

  say(words) {
    this.toast.textContent = words;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { this.toast.textContent = ""; }, 2500);
  }
}
