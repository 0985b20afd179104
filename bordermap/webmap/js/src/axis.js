// A time axis that leaves out long empty stretches and chooses its own steps.
//
// Runs of days with incidents are joined when the gap between them is small;
// each run is cut into bins of a day, week, month, ... as fine as its dates are
// known and as the width allows. Bins are equally wide, whatever their length.
import { NONE } from "./incidents.js";
import { dayOf, parts } from "./days.js";

export const UNITS = ["day", "week", "month", "quarter", "year", "five", "ten"];
const LENGTH = { day: 1, week: 7, month: 30.44, quarter: 91.3, year: 365.25, five: 1826.25, ten: 3652.5 };
const MOST_RUNS = 4;

export function floorTo(day, unit) {
  const { year, month } = parts(day);
  switch (unit) {
    case "day": return day;
    case "week": return day - ((day + 3) % 7 + 7) % 7; // 1 January 1970 was a Thursday
    case "month": return dayOf(year, month);
    case "quarter": return dayOf(year, month - (month % 3));
    case "year": return dayOf(year, 0);
    case "five": return dayOf(Math.floor(year / 5) * 5, 0);
    default: return dayOf(Math.floor(year / 10) * 10, 0);
  }
}

export function nextAfter(day, unit) {
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  const { year, month } = parts(day);
  const months = { month: 1, quarter: 3, year: 12, five: 60, ten: 120 }[unit];
  return dayOf(year, month + months);
}

// How exactly an interval of days is known.
const unitOf = (length) => (length <= 2 ? "day" : length <= 10 ? "week" : length <= 62 ? "month" : length <= 200 ? "quarter" : "year");

export function makeAxis(start, end, most) {
  const runs = findRuns(start, end);
  if (!runs.length) return { bins: [], runs: [] };
  for (const run of runs) run.unit = run.fine;
  const size = (run) => (run.last - run.first + 1) / LENGTH[run.unit];
  for (;;) {
    const total = runs.reduce((sum, run) => sum + size(run), 0);
    const widest = runs.filter((run) => run.unit !== "ten").sort((a, b) => size(b) - size(a))[0];
    if (total <= most || !widest) break;
    widest.unit = UNITS[UNITS.indexOf(widest.unit) + 1];
  }
  const bins = [];
  runs.forEach((run, number) => {
    run.bin0 = bins.length;
    for (let day = floorTo(run.first, run.unit); day <= run.last; day = nextAfter(day, run.unit)) {
      bins.push({ first: day, last: nextAfter(day, run.unit) - 1, run: number });
    }
    run.bin1 = bins.length;
  });
  // Runs that meet after rounding to whole bins share no day.
  for (let k = 1; k < bins.length; k++) if (bins[k].first <= bins[k - 1].last) bins[k].first = bins[k - 1].last + 1;
  return { bins: bins.filter((bin) => bin.first <= bin.last), runs };
}

function findRuns(start, end) {
  // Different intervals only: a hundred thousand incidents share a few thousand.
  const seen = new Map();
  for (let i = 0; i < start.length; i++) {
    if (start[i] === NONE) continue;
    const last = end[i] === NONE ? start[i] : end[i];
    const key = start[i] * 100000 + (last - start[i]);
    if (!seen.has(key)) seen.set(key, [start[i], last]);
  }
  const spans = [...seen.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (!spans.length) return [];
  const whole = Math.max(...spans.map((s) => s[1])) - spans[0][0] + 1;
  let gap = Math.max(60, whole * 0.12);
  for (;;) {
    const runs = joined(spans, gap);
    if (runs.length <= MOST_RUNS) return runs;
    gap *= 1.5;
  }
}

function joined(spans, gap) {
  const runs = [];
  for (const [first, last] of spans) {
    const fine = unitOf(last - first + 1);
    const run = runs.at(-1);
    if (run && first - run.last <= gap) {
      run.last = Math.max(run.last, last);
      if (UNITS.indexOf(fine) < UNITS.indexOf(run.fine)) run.fine = fine;
    } else runs.push({ first, last, fine });
  }
  return runs;
}

// The bin that holds a day, or the first one after it; bins.length if there is none.
export function binAt(bins, day) {
  let low = 0;
  let high = bins.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bins[middle].last < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Incidents in each bin: those dated to the day (or a night), and those known to a week, month
// or year, spread over its bins by equal shares.
export function histogram(bins, { start, end, exact: known, weight }, against, timeBit) {
  const exact = new Float64Array(bins.length);
  const rough = new Float64Array(bins.length + 1); // differences first, sums after
  for (let i = 0; i < start.length; i++) {
    if (start[i] === NONE || against[i] & ~timeBit) continue;
    const last = end[i] === NONE ? start[i] : end[i];
    const a = Math.min(binAt(bins, start[i]), bins.length - 1);
    const b = Math.max(a, Math.min(binAt(bins, last), bins.length - 1));
    const n = weight ? weight[i] : 1;
    if (known ? known[i] : last - start[i] < 2) exact[a] += n;
    else {
      const share = n / (b - a + 1);
      rough[a] += share;
      rough[b + 1] -= share;
    }
  }
  for (let k = 1; k < bins.length; k++) rough[k] += rough[k - 1];
  return { exact, rough: rough.slice(0, bins.length).map((value) => (value < 1e-9 ? 0 : value)) };
}
