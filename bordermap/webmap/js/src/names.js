// Names of places: by rank, with room around each, in the page's language.
import { worldX, worldY } from "./project.js";

// From which zoom a name of each rank may stand.
const FROM = [0, 3, 5, 6.5, 7.5, 8.6, 9.6, 10.6, 11.6, 12.5];
const STYLES = {
  country: { size: 15, weight: 600, spaced: 3.2, upper: true, colour: "text_quiet", alpha: 0.85 },
  sea: { size: 13.5, weight: 400, italic: true, spaced: 1.2, colour: "text_water", serif: true },
  water: { size: 11.5, weight: 400, italic: true, colour: "text_water", serif: true },
  province: { size: 11.5, weight: 500, spaced: 1.8, upper: true, colour: "text_quiet", alpha: 0.8 },
  capital: { size: 13.5, weight: 700, dot: 3.4, square: true, colour: "text" },
  city: { size: 12.5, weight: 500, dot: 2.6, colour: "text" },
  town: { size: 11.5, weight: 400, dot: 2, colour: "text" },
  island: { size: 11.5, weight: 400, italic: true, colour: "text_quiet" },
  area: { size: 11, weight: 400, italic: true, colour: "text_quiet" },
};
const AS = { lake: "water", river: "water", bay: "water", strait: "water", ocean: "sea", village: "town", county: "area", mountain: "area", peak: "area" };

export class Names {
  constructor(pack) {
    const spots = pack.array("labels.spot");
    const kinds = pack.array("labels.kind");
    const ranks = pack.array("labels.rank");
    const [en, ko] = [pack.words("labels.en"), pack.words("labels.ko")];
    this.all = Array.from(ranks, (rank, i) => {
      const kind = pack.facts.label_kinds[kinds[i]];
      return {
        rank, kind, style: STYLES[kind] ?? STYLES[AS[kind]] ?? STYLES.town,
        roomy: kind === "country" ? (pack.facts.roomy?.[en.at(i)] ?? []).map(([lon, lat]) => [worldX(lon), worldY(lat)]) : [],
        en: en.at(i), ko: ko.at(i), x: worldX(spots[2 * i] / 1e5), y: worldY(spots[2 * i + 1] / 1e5), widths: new Map(),
      };
    });
  }

  draw(ctx, view, state, boxes) {
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const name of this.all) {
      if (view.zoom < (FROM[name.rank] ?? 13)) continue;
      let x = name.x * view.size - view.left;
      let y = name.y * view.size - view.top;
      if (name.roomy.length) [x, y] = roomiest(name, view, x, y, boxes);
      if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) continue;
      const { style } = name;
      let text = name[state.say.lang];
      if (style.upper && state.say.lang === "en") text = text.toUpperCase();
      ctx.font = fontOf(style, state);
      const spaced = style.spaced && state.say.lang === "en" ? style.spaced : style.spaced ? style.spaced / 2 : 0;
      ctx.letterSpacing = `${spaced}px`;
      if (!name.widths.has(text)) name.widths.set(text, ctx.measureText(text).width);
      const spot = this.spotFor(name, x, y, name.widths.get(text), boxes, view.inner);
      if (spot) drawName(ctx, text, spot, style, state, x, y);
    }
    ctx.letterSpacing = "0px";
    ctx.globalAlpha = 1;
  }

  // Right of the dot, left, above, below; names without a dot stand on their spot.
  spotFor({ style }, x, y, width, boxes, inner) {
    const h = style.size * 0.62;
    if (!style.dot) {
      const box = [x - width / 2 - 3, y - h, x + width / 2 + 3, y + h];
      return !isCut(box, inner) && boxes.claim(box) ? { align: "center", x, y } : null;
    }
    const d = style.dot + 4;
    const dot = [x - style.dot, y - style.dot, x + style.dot, y + style.dot];
    const hidden = !boxes.isFree(dot); // a symbol covers the dot: its name goes beside the symbol
    // Away from a dot that a label or the key covers, a name would stand for another spot.
    if (isCut(dot, inner) || !meet(dot, inner) || (hidden && boxes.symbols.isFree(dot))) return null;
    const out = hidden ? 20 : d;
    const choices = [["left", out, 0], ["right", -out, 0], ["center", 0, -out - h], ["center", 0, out + h]];
    for (const [align, dx, dy] of choices) {
      const left = align === "left" ? x + dx : align === "right" ? x + dx - width : x - width / 2;
      const box = [left - 2, y + dy - h, left + width + 2, y + dy + h];
      if (isCut(box, inner) || !boxes.isFree(box)) continue;
      boxes.take(box);
      if (!hidden) boxes.take(dot);
      return { align, x: x + dx, y: y + dy, hidden };
    }
    return null;
  }
}

const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

// Whether the edge of the map would cut a name in two.
const isCut = (box, [west, north, east, south]) => [west, east].some((x) => box[0] < x && x < box[2]) || [north, south].some((y) => box[1] < y && y < box[3]);

// A country's own place while it is in sight, else the roomiest spot of it that is.
function roomiest(name, { size, left, top, inner }, x, y, boxes) {
  const fits = (cx, cy) => {
    const box = [cx - 85, cy - 14, cx + 85, cy + 14];
    return box[0] > inner[0] && box[1] > inner[1] && box[2] < inner[2] && box[3] < inner[3] && boxes.isFree(box);
  };
  if (fits(x, y)) return [x, y];
  for (const [wx, wy] of name.roomy) {
    const spot = [wx * size - left, wy * size - top];
    if (fits(...spot)) return spot;
  }
  return [x, y];
}

function fontOf(style, state) {
  return state.font(style.size, style.weight, style.italic && state.say.lang === "en" ? "italic" : "", style.serif);
}

function drawName(ctx, text, spot, style, { palette }, x, y) {
  ctx.globalAlpha = style.alpha ?? 1;
  if (style.dot && !spot.hidden) {
    ctx.beginPath();
    if (style.square) ctx.rect(x - style.dot, y - style.dot, style.dot * 2, style.dot * 2);
    else ctx.arc(x, y, style.dot, 0, Math.PI * 2);
    ctx.fillStyle = palette.halo;
    ctx.strokeStyle = palette.text;
    ctx.lineWidth = 1.3;
    ctx.fill();
    ctx.stroke();
  }
  ctx.textAlign = spot.align;
  ctx.strokeStyle = style.colour === "text_water" ? palette.sea : palette.halo;
  ctx.lineWidth = style.colour === "text_water" ? 2 : 3.2;
  ctx.strokeText(text, spot.x, spot.y);
  ctx.fillStyle = palette[style.colour];
  ctx.fillText(text, spot.x, spot.y);
}
