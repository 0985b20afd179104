// The histogram of dates, with a window to drag, play and step.
import { binAt, histogram, makeAxis } from "./axis.js";
import { monthName, parts, sayRange } from "./days.js";
import { el, replace, svg } from "./dom.js";
import { TIME } from "./filter.js";
import { icon } from "./icons.js";

const HEIGHT = 46;
const AXIS = 18;
const BREAK = 26;

export class Timeline {
  constructor({ incidents, filter, say, changed, undatedCount }) {
    Object.assign(this, { incidents, filter, say, changed, undatedCount });
    this.range = null; // first and last bin, or all
    this.root = el("section", { class: "bm-time" });
    this.width = 0;
    this.build();
  }

  build() {
    const { say } = this;
    this.root.setAttribute("aria-label", say("timeline"));
    const button = (name, sign, act) => el("button", { type: "button", class: "bm-button", "aria-label": say(name), title: say(name), onclick: act }, icon(sign));
    this.playButton = button("play", "play", () => this.toggle());
    this.label = el("span", { class: "bm-time-label", "aria-live": "polite" });
    this.clear = el("button", { type: "button", class: "bm-link", onclick: () => this.setRange(null), text: say("allTime") });
    const undated = el("input", { type: "checkbox", checked: this.filter.undated, onchange: () => this.setUndated(undated.checked) });
    this.undated = undated;
    this.graph = el("div", { class: "bm-time-graph" });
    this.handles = [0, 1].map((which) => this.handle(which));
    replace(this.root,
      el("div", { class: "bm-time-head" },
        el("div", { class: "bm-time-buttons" }, button("stepBack", "back", () => this.step(-1)), this.playButton, button("stepOn", "on", () => this.step(1))),
        this.label, this.clear,
        el("span", { class: "bm-time-legend" },
          el("span", { class: "bm-swatch bm-swatch-exact" }), say("exactDay"),
          el("span", { class: "bm-swatch bm-swatch-rough" }), say("roughDay")),
        this.undatedCount ? el("label", { class: "bm-check bm-undated" }, undated, el("span", { text: say("undated", { n: say.number(this.undatedCount) }) })) : null),
      this.graph);
    this.draw();
  }

  speak(say) {
    this.say = say;
    this.build();
  }

  handle(which) {
    return el("div", {
      class: "bm-handle", role: "slider", tabindex: 0, "aria-label": this.say(which ? "to" : "from"), "aria-orientation": "horizontal",
      onkeydown: (event) => this.key(event, which),
      onpointerdown: (event) => this.grab(event, which ? "end" : "start"),
    });
  }

  draw(paper = 0) {
    const width = Math.floor(paper || this.graph.clientWidth || this.width);
    if (!width) return;
    this.width = width;
    const most = Math.max(24, Math.floor(width / 4.5));
    if (this.most !== most) {
      const days = this.range && this.days();
      this.axis = makeAxis(this.incidents.start, this.incidents.end, most);
      this.most = most;
      if (days) this.range = this.binsOf(days);
      else if (this.wanted) this.range = this.binsOf(this.wanted);
      this.wanted = null;
    }
    const { bins } = this.axis;
    if (!bins.length) {
      this.root.hidden = true;
      return;
    }
    this.layout(width);
    this.counts = histogram(bins, this.incidents, this.filter.against, TIME);
    const top = Math.max(...this.counts.exact.map((n, k) => n + this.counts.rough[k]), 1);
    const bars = svg("g");
    this.bars = bins.map((_, k) => this.bar(k, top, bars));
    this.chosen = svg("rect", { class: "bm-chosen", y: 0, height: HEIGHT });
    const drawing = svg("svg", { width, height: HEIGHT + AXIS, viewBox: `0 0 ${width} ${HEIGHT + AXIS}`, "aria-hidden": "true" },
      this.chosen, bars, svg("path", { class: "bm-axis", d: this.baseline() }), this.ticks());
    const surface = el("div", { class: "bm-time-surface", onpointerdown: (event) => this.grab(event, null) }, drawing);
    replace(this.graph, surface, this.handles);
    this.mark();
  }

  // The window changed: only another width needs another drawing.
  resized() {
    if (Math.floor(this.graph.clientWidth) !== this.width) this.draw();
  }

  layout(width) {
    const { bins, runs } = this.axis;
    const pad = 8;
    const room = width - pad * 2 - (runs.length - 1) * BREAK;
    this.step_ = room / bins.length;
    let x = pad;
    bins.forEach((bin, k) => {
      if (k && bin.run !== bins[k - 1].run) x += BREAK;
      bin.x = x;
      x += this.step_;
    });
  }

  bar(k, top, into) {
    const { x } = this.axis.bins[k];
    const gap = this.step_ > 5 ? 1 : this.step_ > 2.5 ? 0.5 : 0;
    const width = Math.max(0.8, Math.min(this.step_ - gap, 30));
    const left = x + (this.step_ - width) / 2;
    const scale = (HEIGHT - 4) / top;
    const rough = this.counts.rough[k] * scale;
    const exact = this.counts.exact[k] * scale;
    const group = svg("g", {},
      exact ? svg("rect", { class: "bm-bar", x: left, y: HEIGHT - Math.max(exact, 1.5), width, height: Math.max(exact, 1.5) }) : null,
      rough ? svg("rect", { class: "bm-bar-rough", x: left, y: HEIGHT - exact - Math.max(rough, 1), width, height: Math.max(rough, 1) }) : null);
    into.append(group);
    return group;
  }

  baseline() {
    return this.axis.runs.map((run, r) => {
      const [a, b] = this.extentOf(r);
      const cut = r ? `M${a - 16} ${HEIGHT + 5}l5 -10M${a - 11} ${HEIGHT + 5}l5 -10` : "";
      return `M${a} ${HEIGHT + 0.5}H${b}${cut}`;
    }).join("");
  }

  extentOf(run) {
    const own = this.axis.bins.filter((bin) => bin.run === run);
    return [own[0].x, own.at(-1).x + this.step_];
  }

  ticks() {
    const group = svg("g", { class: "bm-ticks" });
    let free = -Infinity;
    const { bins, runs } = this.axis;
    const lang = this.say.lang;
    bins.forEach((bin, k) => {
      const { unit } = runs[bin.run];
      const [from, to] = this.extentOf(bin.run);
      // Words keep to their run and the break behind it.
      const [low, high] = [bin.run ? from - 5 : 0, bin.run < runs.length - 1 ? to + BREAK + 4 : this.width + 6];
      const { year, month, date } = parts(bin.first);
      const starts = !k || bins[k - 1].run !== bin.run;
      const alone = runs[bin.run].bin1 - runs[bin.run].bin0 === 1;
      for (const words of tickWords(unit, this.step_, { year, month, date, starts, alone }, lang)) {
        const width = widthOf(words) + 8;
        const single = this.step_ * (runs[bin.run].bin1 - runs[bin.run].bin0) < width;
        const middle = unit === "day" || unit === "week" || single;
        let at = middle ? bin.x + this.step_ / 2 : bin.x;
        let left = middle ? at - width / 2 : at - 2;
        let anchor = middle ? "middle" : "start";
        if (left < low) [anchor, at, left] = ["start", Math.max(0, bin.x), Math.max(0, bin.x)];
        if (left < free || left + width > high) continue;
        free = left + width;
        group.append(svg("text", { x: at, y: HEIGHT + 13.5, "text-anchor": anchor, text: words }));
        break;
      }
    });
    return group;
  }

  // The window, its handles and its words.
  mark() {
    const { bins } = this.axis;
    const [a, b] = this.range ?? [0, bins.length - 1];
    const left = bins[a].x;
    const right = bins[b].x + this.step_;
    this.chosen.setAttribute("x", left);
    this.chosen.setAttribute("width", Math.max(1, right - left));
    this.chosen.classList.toggle("bm-all", !this.range);
    this.bars.forEach((bar, k) => bar.classList.toggle("bm-out", k < a || k > b));
    this.handles.forEach((handle, which) => {
      const at = which ? b : a;
      handle.style.left = `${(which ? right : left)}px`;
      handle.setAttribute("aria-valuemin", 0);
      handle.setAttribute("aria-valuemax", bins.length - 1);
      handle.setAttribute("aria-valuenow", at);
      handle.setAttribute("aria-valuetext", this.wordsFor(bins[at].first, bins[at].last));
      handle.setAttribute("aria-label", this.say(which ? "to" : "from"));
    });
    this.label.textContent = this.wordsFor(bins[a].first, bins[b].last);
    this.clear.hidden = !this.range;
  }

  wordsFor(first, last) {
    return sayRange(first, last, null, this.say.lang, this.width < 460);
  }

  days() {
    const { bins } = this.axis;
    return this.range && [bins[this.range[0]].first, bins[this.range[1]].last];
  }

  binsOf([first, last]) {
    const { bins } = this.axis;
    const a = Math.min(binAt(bins, first), bins.length - 1);
    const b = Math.min(binAt(bins, last), bins.length - 1);
    return a === 0 && b === bins.length - 1 ? null : [a, Math.max(a, b)];
  }

  setDays(days) {
    if (!this.axis?.bins.length) this.wanted = days;
    else this.setRange(days && this.binsOf(days), { tell: false });
  }

  setRange(range, { tell = true } = {}) {
    const { bins } = this.axis;
    if (!bins.length) return;
    this.range = range && (range[0] <= 0 && range[1] >= bins.length - 1 ? null : [Math.max(0, range[0]), Math.min(bins.length - 1, range[1])]);
    this.mark();
    if (tell) this.changed(this.days(), this.undated.checked);
  }

  setUndated(on) {
    this.undated.checked = on;
    this.changed(this.range && this.days(), on);
  }

  grab(event, part) {
    if (event.button > 0) return;
    event.preventDefault();
    const { bins } = this.axis;
    const box = this.graph.getBoundingClientRect();
    const binOf = (e) => {
      const x = e.clientX - box.left;
      let best = 0;
      for (let k = 0; k < bins.length; k++) if (bins[k].x <= x) best = k;
      return best;
    };
    const from = binOf(event);
    const [a, b] = this.range ?? [0, bins.length - 1];
    const inside = this.range && !part && from >= a && from <= b;
    const before = this.range;
    let moved = false;
    const move = (e) => {
      const k = binOf(e);
      if (!moved && k === from && Math.abs(e.clientX - event.clientX) < 4) return;
      moved = true;
      if (part === "start") this.setRange([Math.min(k, b), b]);
      else if (part === "end") this.setRange([a, Math.max(a, k)]);
      else if (inside) {
        const shift = Math.max(-a, Math.min(bins.length - 1 - b, k - from));
        this.setRange([a + shift, b + shift]);
      } else this.setRange([Math.min(from, k), Math.max(from, k)]);
    };
    const up = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", up);
      if (!moved && !part) this.setRange(before && before[0] === from && before[1] === from ? null : [from, from]);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", up);
    if (part) this.handles[part === "end" ? 1 : 0].focus();
  }

  key(event, which) {
    const { bins } = this.axis;
    const end = bins.length - 1;
    const [a, b] = this.range ?? [0, end];
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    if (event.key === "Escape") this.setRange(null);
    else if (event.key === "Home") this.setRange(which ? [a, a] : [0, b]);
    else if (event.key === "End") this.setRange(which ? [a, end] : [b, b]);
    else if (!by) return;
    else if (event.shiftKey) this.step(by);
    else this.setRange(which ? [a, Math.max(a, Math.min(end, b + by))] : [Math.max(0, Math.min(b, a + by)), b]);
    event.preventDefault();
  }

  // Moves the window; without one it begins with the first bin.
  step(by) {
    const end = this.axis.bins.length - 1;
    if (!this.range) {
      this.setRange(by > 0 ? [0, 0] : [end, end]);
      return true;
    }
    const [a, b] = this.range;
    const shift = Math.max(-a, Math.min(end - b, by));
    this.setRange([a + shift, b + shift]);
    return shift !== 0;
  }

  toggle() {
    if (this.timer) this.stop();
    else {
      const end = this.axis.bins.length - 1;
      if (!this.range || this.range[1] === end) {
        const width = this.range ? this.range[1] - this.range[0] : 0;
        this.setRange([0, width < end ? width : 0]);
      }
      const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1200 : Math.max(120, Math.min(600, 24000 / (end + 1)));
      this.timer = setInterval(() => { if (!this.skipEmpty()) this.stop(); }, pause);
      this.showPlaying(true);
    }
  }

  // One step on, over stretches in which nothing happened.
  skipEmpty() {
    const { exact, rough } = this.counts;
    for (;;) {
      if (!this.peek()) return this.step(1) && false;
      const next = this.range[1] + 1;
      if (exact[next] || rough[next]) return this.step(1);
      if (!this.step(1)) return false;
    }
  }

  peek() {
    return this.range && this.range[1] + 1 < this.axis.bins.length;
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.showPlaying(false);
  }

  showPlaying(on) {
    const name = on ? "pause" : "play";
    this.playButton.setAttribute("aria-label", this.say(name));
    this.playButton.title = this.say(name);
    replace(this.playButton, icon(name));
  }
}

// About as wide as the browser sets it, without asking for a layout.
const widthOf = (words) => [...words].reduce((sum, letter) => sum + (letter >= "가" && letter <= "힣" ? 10.6 : 6.2), 0);

// What may stand under a bin, the fullest first; nothing under most of them.
function tickWords(unit, step, { year, month, date, starts, alone }, lang) {
  const name = monthName(month, lang, true);
  const yearName = lang === "ko" ? `${year}년` : String(year);
  if (unit === "day" || unit === "week") {
    const day = lang === "ko" ? `${name} ${date}일` : `${date} ${name}`;
    const short = unit === "day" ? day : name;
    if (starts) return [lang === "ko" ? `${yearName} ${short}` : `${short} ${year}`, alone ? yearName : short];
    if (month === 0 && date <= (unit === "day" ? 1 : 7)) return [lang === "ko" ? `${yearName} ${name}` : `${name} ${year}`, yearName];
    if (date === 1 || (unit === "week" && date <= 7)) return [short, name];
    return unit === "day" && (step > 17 || date % 5 === 0) ? [String(date)] : [];
  }
  return starts || month === 0 ? [yearName] : [];
}
