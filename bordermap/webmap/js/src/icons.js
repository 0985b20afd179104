// The page's own signs, drawn in strokes.
import { svg } from "./dom.js";

const PATHS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  home: "M2.5 8L8 3l5.5 5M4 7v6h8V7",
  full: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  layers: "M8 2.5L14 6 8 9.5 2 6zM2.5 9L8 12.2 13.5 9",
  close: "M4 4l8 8M12 4l-8 8",
  back: "M10 3L5 8l5 5",
  on: "M6 3l5 5-5 5",
  play: "M5 3l8 5-8 5z",
  pause: "M5.5 3v10M10.5 3v10",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.4 10.4L14 14",
  moon: "M12.5 10A5.5 5.5 0 0 1 6 3.5 5.5 5.5 0 1 0 12.5 10z",
  print: "M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.6 2.6 0 0 1 3.7 3.7L10.7 8.2M9 11.5l-1.2 1.2a2.6 2.6 0 0 1-3.7-3.7l1.2-1.2",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01",
  down: "M8 2.5v8M4.5 7L8 10.5 11.5 7M3 13.5h10",
  target: "M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3M8 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  map: "M2 4l4-1.5 4 1.5 4-1.5v9.5L10 13.5 6 12l-4 1.5zM6 2.5V12M10 4v9.5",
};
const FILLED = new Set(["play"]);

export const icon = (name) => svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, class: FILLED.has(name) ? "bm-icon bm-icon-filled" : "bm-icon", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
