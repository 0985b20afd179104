// The list beside the map: only the rows in sight exist, however many there are.
import { dateWords, placeName } from "./card.js";
import { el, plain, replace } from "./dom.js";

const ROW = 68;
const HEADING = 34;

export class List {
  constructor({ incidents, symbols, say, chosen, hovered }) {
    Object.assign(this, { incidents, symbols, say, chosen, hovered });
    this.placed = new Uint32Array(0);
    this.rest = new Uint32Array(0);
    this.active = -1;
    this.selected = null;
    this.canvas = el("div", { class: "bm-rows", role: "presentation" });
    this.root = el("div", {
      class: "bm-list", role: "listbox", tabindex: 0, id: `${context()}-list`,
      onscroll: () => this.render(), onkeydown: (event) => this.key(event),
      onfocus: () => { if (this.active < 0 && this.length && this.root.matches(":focus-visible")) this.activate(0); },
      // Rows come and go while they are pointed at: where the pointer is tells which one is meant.
      onclick: (event) => this.pointed(event, (n) => { this.activate(n); this.chosen(this.rowAt(n)); }),
      onpointermove: (event) => this.pointed(event, (n) => this.hover(this.rowAt(n))),
      onpointerleave: () => this.hover(null),
    }, this.canvas);
    this.empty = el("p", { class: "bm-empty", hidden: true });
    new ResizeObserver(() => this.render()).observe(this.root);
  }

  speak(say) {
    this.say = say;
    this.drawn = null;
    this.render();
  }

  get length() {
    return this.placed.length + this.rest.length;
  }

  // Incidents with a place first, then those beside the map.
  setMask(mask, shown) {
    const { placed } = this.incidents;
    const first = new Uint32Array(shown);
    const then = new Uint32Array(shown);
    let a = 0;
    let b = 0;
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      if (placed[i] === 1) first[a++] = i;
      else then[b++] = i;
    }
    this.placed = first.subarray(0, a);
    this.rest = then.subarray(0, b);
    this.active = -1;
    this.drawn = null;
    this.render();
  }

  rowAt(n) {
    return n < this.placed.length ? this.placed[n] : this.rest[n - this.placed.length];
  }

  top(n) {
    return n * ROW + (this.rest.length && n >= this.placed.length ? HEADING : 0);
  }

  render() {
    const { root, canvas, say } = this;
    root.setAttribute("aria-label", say("incidents"));
    const height = this.length * ROW + (this.rest.length ? HEADING : 0);
    canvas.style.height = `${height}px`;
    this.empty.hidden = this.length > 0;
    this.empty.textContent = this.nothing ?? say("nothing");
    const first = Math.max(0, Math.floor((root.scrollTop - HEADING) / ROW) - 3);
    const last = Math.min(this.length, Math.ceil((root.scrollTop + (root.clientHeight || 600)) / ROW) + 3);
    const key = `${first} ${last} ${this.active} ${this.selected} ${this.length}`;
    if (this.drawn === key) return;
    this.drawn = key;
    const options = [];
    for (let n = first; n < last; n++) {
      if (this.rest.length && n === this.placed.length) options.push(this.heading());
      options.push(this.option(n));
    }
    replace(canvas, options);
    if (this.active >= first && this.active < last) root.setAttribute("aria-activedescendant", this.idOf(this.active));
    else root.removeAttribute("aria-activedescendant");
  }

  heading() {
    const node = el("div", { class: "bm-row-heading", role: "presentation", text: `${this.say("notOnMap")} (${this.say.number(this.rest.length)})` });
    node.style.top = `${this.placed.length * ROW}px`;
    return node;
  }

  idOf(n) {
    return `${this.root.id}-${n}`;
  }

  option(n) {
    const i = this.rowAt(n);
    const { incidents, say, symbols } = this;
    const kind = incidents.text("kind", i) ?? "other";
    const placed = incidents.isPlaced(i);
    const place = placeName(i, incidents, say);
    const chosen = i === this.selected;
    const node = el("div", {
      class: `bm-row${n === this.active ? " bm-active" : ""}${chosen ? " bm-selected" : ""}`, role: "option", id: this.idOf(n),
      "aria-selected": chosen, "aria-setsize": this.length, "aria-posinset": n + 1,
    },
    symbols.icon(kind, 22),
    el("span", { class: "bm-row-title", text: plain(incidents.text("title", i) ?? say.label(symbols.kind(kind)), 300) }),
    el("span", { class: "bm-row-about" },
      el("span", { text: dateWords(i, incidents, say, true) }),
      placed ? el("span", { class: incidents.hasShape(i) ? "bm-row-area" : "", text: plain(place ?? "", 80) }) : null));
    node.style.top = `${this.top(n)}px`;
    return node;
  }

  pointed(event, act) {
    const y = event.clientY - this.canvas.getBoundingClientRect().top;
    const first = Math.floor(y / ROW);
    const n = this.rest.length && y >= this.placed.length * ROW ? Math.floor((y - HEADING) / ROW) : first;
    if (n >= 0 && n < this.length && y >= this.top(n)) act(n);
  }

  hover(i) {
    if (this.hoveredRow === i) return;
    this.hoveredRow = i;
    this.hovered(i);
  }

  activate(n) {
    this.active = Math.max(0, Math.min(this.length - 1, n));
    const top = this.top(this.active);
    const { root } = this;
    if (top < root.scrollTop) root.scrollTop = top;
    else if (top + ROW > root.scrollTop + root.clientHeight) root.scrollTop = top + ROW - root.clientHeight;
    this.render();
  }

  select(i) {
    this.selected = i;
    if (i !== null) {
      const n = this.placeOf(i);
      if (n >= 0) this.activate(n);
    }
    this.render();
  }

  placeOf(i) {
    const inPlaced = this.placed.indexOf(i);
    if (inPlaced >= 0) return inPlaced;
    const inRest = this.rest.indexOf(i);
    return inRest >= 0 ? this.placed.length + inRest : -1;
  }

  neighbour(i, by) {
    const n = this.placeOf(i);
    const other = n + by;
    return n < 0 || other < 0 || other >= this.length ? null : this.rowAt(other);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW) - 1);
    const to = { ArrowDown: this.active + 1, ArrowUp: this.active - 1, PageDown: this.active + page, PageUp: this.active - page, Home: 0, End: this.length - 1 }[event.key];
    if (to !== undefined && this.length) {
      this.activate(to);
      this.hovered(this.rowAt(this.active));
    } else if ((event.key === "Enter" || event.key === " ") && this.active >= 0) this.chosen(this.rowAt(this.active));
    else return;
    event.preventDefault();
  }
}

let made = 0;
const context = () => `bm${(made += 1)}`;
