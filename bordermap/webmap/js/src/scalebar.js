// A bar of a round length at the middle of the map, on the screen and on paper.
import { el, replace } from "./dom.js";
import { metresPerPixel } from "./project.js";

const MOST_PX = 110;

// Its width in pixels, and its length in words.
export function measured(lat, zoom, say) {
  const metres = metresPerPixel(lat, zoom) * MOST_PX;
  const ten = 10 ** Math.floor(Math.log10(metres));
  const round = [5, 2, 1].find((n) => n * ten <= metres) * ten;
  const words = round >= 1000 ? `${say.number(round / 1000)} km` : `${say.number(round)} m`;
  return { width: (MOST_PX * round) / metres, words };
}

export function showScale(box, { width, words }) {
  const bar = el("span", { class: "bm-scale-bar" });
  bar.style.width = `${width}px`;
  replace(box, bar, el("span", { text: words }));
}

export function drawScale(ctx, x, y, { width, words }, { palette, font }) {
  ctx.beginPath();
  ctx.moveTo(x, y - 5);
  ctx.lineTo(x, y);
  ctx.lineTo(x + width, y);
  ctx.lineTo(x + width, y - 5);
  ctx.strokeStyle = palette.text;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.font = font(11.5);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = palette.text;
  ctx.fillText(words, x, y - 8);
}
