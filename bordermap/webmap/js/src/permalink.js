// The view and the filters in the address, so that a link shows the same.
import { isoDay, parseDay } from "./days.js";

const round = (value, places) => Number(value.toFixed(places));

export function written(state) {
  const params = new URLSearchParams();
  const { centre, zoom } = state;
  params.set("v", [round(centre[0], 4), round(centre[1], 4), round(zoom, 2)].join(","));
  if (state.time) params.set("t", `${isoDay(state.time[0])}..${isoDay(state.time[1])}`);
  if (!state.undated) params.set("u", "0");
  for (const [name, key] of [["kind", "k"], ["side", "s"], ["zone", "z"]]) {
    if (state.off[name].size) params.set(key, [...state.off[name]].sort().join("~"));
  }
  const changed = Object.entries(state.shows).filter(([name, on]) => on !== state.defaults[name]).map(([name, on]) => (on ? "+" : "-") + name);
  if (changed.length) params.set("m", changed.join("~"));
  if (state.words) params.set("q", state.words);
  if (state.selected) params.set("i", state.selected);
  if (state.lang !== state.openedIn) params.set("l", state.lang);
  if (state.theme) params.set("d", state.theme);
  return params.toString();
}

// What a hash says; parts that make no sense are left out.
export function read(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const found = { off: {}, shows: {} };
  const numbers = (params.get("v") ?? "").split(",").map(Number);
  if (numbers.length === 3 && numbers.every(Number.isFinite) && Math.abs(numbers[1]) <= 85 && Math.abs(numbers[0]) <= 360) {
    found.view = { centre: [numbers[0], numbers[1]], zoom: Math.max(0, Math.min(20, numbers[2])) };
  }
  const days = (params.get("t") ?? "").split("..").map(parseDay);
  if (days.length === 2 && days[0] !== null && days[1] !== null && days[0] <= days[1]) found.time = days;
  if (params.get("u") === "0") found.undated = false;
  for (const [name, key] of [["kind", "k"], ["side", "s"], ["zone", "z"]]) {
    if (params.get(key)) found.off[name] = new Set(params.get(key).split("~"));
  }
  for (const change of (params.get("m") ?? "").split("~")) {
    if (/^[+ -]\w+$/.test(change)) found.shows[change.slice(1)] = change[0] !== "-"; // "+" may arrive as a space
  }
  if (params.get("q")) found.words = params.get("q");
  if (params.get("i")) found.selected = params.get("i");
  if (["en", "ko"].includes(params.get("l"))) found.lang = params.get("l");
  if (["light", "dark"].includes(params.get("d"))) found.theme = params.get("d");
  return found;
}
