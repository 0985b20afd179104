// What is shown, laid out for paper: a map as wide as the sheet whatever the window was, and the
// incidents as a list. A page is not told how its sheet lies: it draws a map for either, and the
// style sheet shows the one that lies so.
import { dateWords, placeName } from "./card.js";
import { el, plain, replace } from "./dom.js";
import { worldSize, worldX, worldY } from "./project.js";
import { drawScale, measured } from "./scalebar.js";

// A4's width less its margins, and what the heading leaves of Letter's height, in mm.
const SHEETS = { portrait: [186, 150], landscape: [272, 140] };
const PX_PER_MM = 96 / 25.4;
const DOTS_PER_MM = 10;
// A large window's map is drawn smaller on paper, rather than at another zoom: names are 6 point then.
const MOST_SHRUNK = 1.5;
// Drawn beyond the edges: Chromium prints a fill of just a canvas's size a hundredth short.
const BLEED = 20;
// Between the widths of both sheets: it is stretched to the one there is.
const TIME_PX = 860;
const LISTED = 400;

// The zoom at which all that a window shows is on either sheet, and how much smaller than on the
// screen it is drawn.
export function sheetScale(zoom, [width, height]) {
  const sizes = Object.values(SHEETS).map(([across, up]) => [across * PX_PER_MM, up * PX_PER_MM]);
  const wanted = Math.max(...sizes.map(([across, up]) => Math.max(width / across, height / up)));
  const shrunk = Math.min(MOST_SHRUNK, Math.max(1, wanted));
  const room = Math.min(...sizes.map(([across, up]) => Math.min((across * shrunk) / width, (up * shrunk) / height)));
  return { zoom: zoom + Math.log2(room), shrunk };
}

export function layOutForPaper(app) {
  const { root, timeline } = app;
  const { stage, printed } = app.frame;
  root.dataset.onScreen = root.dataset.view ?? "";
  root.dataset.view = "map"; // a phone's list hides the map
  for (const old of stage.querySelectorAll(".bm-picture")) old.remove();
  stage.prepend(...pictures(app));
  list(app, printed);
  timeline.draw(TIME_PX);
}

export function layOutForScreen({ root, timeline }) {
  root.dataset.view = root.dataset.onScreen;
  timeline.draw();
}

function pictures(app) {
  const { map, stage, say, root, state } = app;
  const seen = map.getSize();
  const width = seen.x || root.clientWidth;
  const { lat, lng } = map.getCenter();
  const { zoom, shrunk } = sheetScale(map.getZoom(), [width, seen.y || width]);
  return Object.entries(SHEETS).map(([name, [across, up]]) => {
    const size = worldSize(zoom);
    const [w, h] = [across * PX_PER_MM * shrunk, up * PX_PER_MM * shrunk];
    const [left, top] = [worldX(lng) * size - w / 2 - BLEED, worldY(lat) * size - h / 2 - BLEED];
    const view = { zoom, size, left, top, width: w + 2 * BLEED, height: h + 2 * BLEED, inner: [BLEED, BLEED, BLEED + w, BLEED + h] };
    const canvas = el("canvas", { class: `bm-picture bm-${name}`, width: across * DOTS_PER_MM, height: up * DOTS_PER_MM });
    const ctx = canvas.getContext("2d");
    const dots = canvas.width / w;
    ctx.setTransform(dots, 0, 0, dots, -BLEED * dots, -BLEED * dots);
    stage.print(ctx, view, dots);
    drawScale(ctx, BLEED + 14, BLEED + h - 14, measured(lat, zoom, say), state);
    return canvas;
  });
}

// Paper cannot scroll: the incidents shown, as plain rows under the map.
function list({ say, incidents, filter }, into) {
  const rows = filter.rows();
  replace(into, el("h2", { text: say("printList") }), el("ol", {}, Array.from(rows.slice(0, LISTED), (i) => el("li", {},
    el("strong", { text: plain(incidents.text("title", i) ?? "", 300) }), `. ${dateWords(i, incidents, say)}. ${plain(placeName(i, incidents, say) ?? say("noPlace"), 100)}. `,
    el("em", { text: plain(incidents.text("source_title", i) ?? "", 200) })))),
  rows.length > LISTED ? el("p", { text: say("andMore", { n: say.number(rows.length - LISTED) }) }) : null);
}
