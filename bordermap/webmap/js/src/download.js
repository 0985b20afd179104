// The incidents that are shown, as GeoJSON and CSV.
import { isoDay } from "./days.js";
import { el } from "./dom.js";

const value = (incidents, name, i) => {
  const found = incidents.value(name, i);
  return found !== null && incidents.columns[name].type === "day" ? isoDay(found) : found;
};

function geometry(incidents, i) {
  if (incidents.hasPoint(i)) return { type: "Point", coordinates: incidents.lonLat(i) };
  if (!incidents.hasShape(i)) return null;
  const shape = incidents.shapes[incidents.shape[i]];
  const rings = shape.rings.map((flat) => Array.from({ length: flat.length / 2 }, (_, v) => [tidy(flat[2 * v]), tidy(flat[2 * v + 1])]));
  if (!shape.closed) return rings.length === 1 ? { type: "LineString", coordinates: rings[0] } : { type: "MultiLineString", coordinates: rings };
  return polygons(rings);
}

const tidy = (degrees) => Number(degrees.toFixed(6));

// Outer rings run counter-clockwise; a ring inside an odd number of others is a hole.
function polygons(rings) {
  const open = rings.map((ring) => ({ ring, area: signedArea(ring) })).sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  const outer = [];
  for (const { ring, area } of open) {
    const parent = outer.filter((polygon) => inside(ring[0], polygon[0])).at(-1);
    const depth = parent ? parent.slice(1).filter((hole) => inside(ring[0], hole)).length : 0;
    if (parent && depth === 0) parent.push(area > 0 ? [...ring].reverse() : ring);
    else outer.push([area < 0 ? [...ring].reverse() : ring]);
  }
  return outer.length === 1 ? { type: "Polygon", coordinates: outer[0] } : { type: "MultiPolygon", coordinates: outer };
}

function signedArea(ring) {
  let sum = 0;
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k, k++) sum += ring[j][0] * ring[k][1] - ring[k][0] * ring[j][1];
  return sum;
}

function inside([x, y], ring) {
  let odd = false;
  for (let k = 0, j = ring.length - 1; k < ring.length; j = k, k++) {
    const [a, b] = [ring[k], ring[j]];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
}

export function toGeoJson(incidents, rows) {
  const names = Object.keys(incidents.columns);
  const parts = Array.from(rows, (i) => {
    const properties = {};
    for (const name of names) Object.defineProperty(properties, name, { value: value(incidents, name, i), enumerable: true });
    return JSON.stringify({ type: "Feature", id: properties.id, properties, geometry: geometry(incidents, i) });
  });
  return `{"type":"FeatureCollection","features":[\n${parts.join(",\n")}\n]}\n`;
}

// A cell that a spreadsheet would take for a formula gets a quote, as in bordermap's own CSV.
function cell(found) {
  if (found === null) return "";
  const text = typeof found === "string" && /^'*[=+\-@\t\r]/.test(found) ? `'${found}` : String(found);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export function toCsv(incidents, rows) {
  const names = Object.keys(incidents.columns);
  const lines = [[...names, "lon", "lat"].map(cell).join(",")];
  for (const i of rows) {
    const spot = incidents.hasPoint(i) ? incidents.lonLat(i) : ["", ""];
    lines.push([...names.map((name) => cell(value(incidents, name, i))), ...spot].join(","));
  }
  return `${lines.join("\n")}\n`;
}

export function save(text, name, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
