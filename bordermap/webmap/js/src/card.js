// One incident's card: what happened, when, where, how sure, and who says so.
import { sayDay, sayRange } from "./days.js";
import { el, plain, safeUrl } from "./dom.js";

const PRECISION = { day: "precisionDay", week: "precisionWeek", month: "precisionMonth", year: "precisionYear", unknown: "precisionUnknown" };
const TOLD = new Set(["id", "title", "summary", "kind", "date_start", "date_end", "date_precision", "time_local", "place", "actor", "target", "direction",
  "quantities", "source_title", "source_url", "source_date", "quote", "quote_start", "quote_end", "claimed_by", "claim", "radius_m", "precision", "place_id",
  "place_name", "place_name_ko", "place_source", "place_score", "place_alternatives", "side", "p_north", "distance_m", "nearest_lon", "nearest_lat",
  "line_id", "line_segment", "zone", "p_dmz", "agrees"]);

export function card(i, context) {
  const { incidents, symbols, say } = context;
  const text = (name) => {
    const value = incidents.text(name, i);
    return value === null ? null : plain(value, 20000);
  };
  const kind = text("kind") ?? "other";
  return el("article", { class: "bm-card", "aria-label": text("title") ?? say.label(symbols.kind(kind)) },
    el("p", { class: "bm-card-kind" }, symbols.icon(kind, 20), el("span", { text: say.label(symbols.kind(kind)) })),
    el("h2", { class: "bm-card-title", tabindex: -1, text: text("title") ?? say.label(symbols.kind(kind)) }),
    when(i, context, text),
    text("summary") ? el("p", { class: "bm-card-summary", text: text("summary") }) : null,
    el("dl", { class: "bm-facts" },
      where(i, context, text), siting(i, context, text), claim(context, text), who(context, text), numbers(context, text)),
    evidence(i, context, text),
    alternatives(context, text),
    more(i, context));
}

const fact = (name, ...values) => {
  const kept = values.flat().filter(Boolean);
  return kept.length ? el("div", { class: "bm-fact" }, el("dt", { text: name }), el("dd", {}, kept)) : null;
};
const quiet = (words) => el("span", { class: "bm-quiet", text: words });
const lineOf = (...parts) => el("span", { class: "bm-line" }, parts);

export function dateWords(i, incidents, say, short) {
  return sayRange(incidents.day("date_start", i), incidents.day("date_end", i), incidents.text("date_precision", i), say.lang, short);
}

// What the place is called, else how it was written; null where no place is known.
export function placeName(i, incidents, say) {
  const text = (name) => incidents.text(name, i);
  return (say.lang === "ko" && text("place_name_ko")) || text("place_name") || text("place");
}

function when(i, { incidents, say }, text) {
  const precision = text("date_precision");
  const time = text("time_local");
  const known = precision && precision !== "day" && precision !== "unknown" && PRECISION[precision];
  return el("p", { class: "bm-card-when" },
    el("span", { text: dateWords(i, incidents, say) + (time ? `, ${time}` : "") }),
    known ? quiet(say(known)) : null);
}

function where(i, { incidents, say }, text) {
  const written = text("place");
  const name = placeName(i, incidents, say);
  if (!incidents.isPlaced(i)) return fact(say("place"), el("span", { text: name ?? say("noPlace") }), name ? quiet(say("noPlace")) : null);
  const precision = text("precision");
  const words = precision && say(precision === "place" ? "placeP" : precision);
  const radius = incidents.number("radius_m", i);
  const doubt = incidents.hasShape(i) ? say("asArea") : [words, radius ? say("within", { d: say.distance(radius) }) : null].filter(Boolean).join(", ");
  return fact(say("place"),
    lineOf(name ?? say("exact")),
    written && written.toLowerCase() !== name.toLowerCase() ? lineOf(quiet(say("asWritten", { words: written }))) : null,
    doubt ? lineOf(quiet(doubt)) : null);
}

function siting(i, { incidents, say, sides }, text) {
  const side = text("side");
  if (!side) return null;
  const p = incidents.number("p_north", i);
  const [left, right] = sides;
  const name = side === "unsure" ? say("unsureWhich") : say.both(sides.find((s) => s.id === side) ?? { en: side, ko: side });
  const probability = p === null || side === "unsure" || !left ? null : side === left.id ? p : 1 - p;
  const zone = text("zone");
  const inZone = incidents.number("p_dmz", i) ?? 0;
  const distance = incidents.number("distance_m", i);
  return [
    fact(say("side"),
      lineOf(probability === null ? name : say("probably", { side: name, p: say.share(probability) })),
      p === null || !left ? null : balance(p, left, right, say)),
    distance !== null && incidents.hasPoint(i) ? fact(say("distance"), lineOf(say.distance(distance)), segment(say, text)) : null,
    zone || inZone > 0.0005 ? fact(say("zone"),
      zone ? lineOf(say.has(zone) ? say(zone) : zone) : null,
      inZone > 0.0005 ? lineOf(quiet(say("inZone", { p: say.share(inZone) }))) : null) : null,
  ];
}

function segment(say, text) {
  const name = text("line_segment");
  return name && say.segments?.[name] ? lineOf(quiet(say.segments[name])) : null;
}

// How the probability divides between the sides, as one bar.
function balance(p, left, right, say) {
  const bar = el("span", { class: "bm-balance", role: "img", "aria-label": `${say.both(left)} ${say.share(p)}, ${say.both(right)} ${say.share(1 - p)}` }, el("span", { class: "bm-balance-left" }), el("span", { class: "bm-balance-right" }));
  bar.firstChild.style.flexGrow = Math.max(0.004, p);
  bar.lastChild.style.flexGrow = Math.max(0.004, 1 - p);
  return el("span", { class: "bm-balance-row" }, quiet(`${say.both(left)} ${say.share(p)}`), bar, quiet(`${say.share(1 - p)} ${say.both(right)}`));
}

function claim({ say }, text) {
  const said = text("claim");
  const agrees = text("agrees");
  if (!said) return null;
  return fact(say("claim"), lineOf(say(said)),
    agrees ? el("span", { class: `bm-verdict bm-verdict-${agrees === "contradicts" ? "no" : agrees === "agrees" ? "yes" : "open"}`, text: say(agrees) }) : null);
}

function who({ say }, text) {
  const [actor, target, direction] = [text("actor"), text("target"), text("direction")];
  return [
    actor || target ? fact(say("who"), lineOf(actor && target ? `${actor} → ${target}` : actor ?? target)) : null,
    direction ? fact(say("direction"), lineOf(say(direction))) : null,
  ];
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null; // not JSON: it is shown as written
  }
}

function numbers({ say }, text) {
  const json = text("quantities");
  if (!json) return null;
  const found = parsed(json);
  if (!found || typeof found !== "object") return fact(say("numbers"), json);
  const entries = Object.entries(found).slice(0, 40);
  return fact(say("numbers"), entries.map(([name, value]) => lineOf(
    el("strong", { text: typeof value === "number" ? say.number(value) : plain(value, 200) }), ` ${plain(name, 100).replace(/_/g, " ")}`)));
}

function evidence(i, { incidents, say }, text) {
  const [quote, title, url, by] = [text("quote"), text("source_title"), safeUrl(incidents.text("source_url", i)), text("claimed_by")];
  const day = incidents.day("source_date", i);
  const words = title ?? text("source_url");
  const link = url ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: words ?? url }) : words;
  return el("section", { class: "bm-evidence" },
    el("h3", { text: say("evidence") }),
    quote ? el("blockquote", { text: quote }) : null,
    by ? el("p", {}, quiet(`${say("claimedBy")} `), by) : null,
    el("p", {}, link ? [quiet(`${say("source")} `), link, day !== null ? quiet(` ${sayDay(day, say.lang)}`) : null] : quiet(say("noSource"))));
}

function alternatives({ say }, text) {
  const json = text("place_alternatives");
  const found = json && parsed(json);
  if (!Array.isArray(found) || !found.length) return null;
  const name = (other) => (other && typeof other === "object" ? (say.lang === "ko" && other.name_ko) || other.name || other.name_en || other.place_name || other.place_id : other);
  return el("p", { class: "bm-quiet" }, `${say("mayAlso")}: ${found.slice(0, 6).map((other) => plain(name(other) ?? "", 80)).filter(Boolean).join(", ")}`);
}

function more(i, { incidents, say }) {
  const rest = Object.keys(incidents.columns).filter((name) => !TOLD.has(name)).slice(0, 60);
  const rows = rest.map((name) => [name, incidents.value(name, i), incidents.columns[name].type]).filter(([, value]) => value !== null);
  if (!rows.length) return null;
  return el("details", { class: "bm-more" }, el("summary", { text: say("more") }),
    el("dl", {}, rows.map(([name, value, type]) => fact(plain(name, 100), type === "day" ? sayDay(value, say.lang) : plain(value, 5000)))));
}
