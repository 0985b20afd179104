// The view a map opens with: its incidents near the line, and the line's land part.
import L from "leaflet";

export function openView({ incidents, border }) {
  const [west, south, east, north] = border.facts.window;
  const step = Math.max(1, Math.floor(incidents.length / 5000)); // a sample says as much
  const lons = new Float64Array(Math.ceil(incidents.length / step));
  const lats = new Float64Array(lons.length);
  let found = 0;
  for (let i = 0; i < incidents.length; i += step) {
    const [lon, lat] = [incidents.lon[i] / 1e6, incidents.lat[i] / 1e6]; // far outside where there is no point
    if (lon < west || lon > east || lat < south || lat > north) continue;
    lons[found] = lon;
    lats[found++] = lat;
  }
  const bounds = L.latLngBounds([]);
  if (found) {
    const spread = (list) => {
      const sorted = list.subarray(0, found).sort();
      return [0.01, 0.99].map((share) => sorted[Math.round((found - 1) * share)]);
    };
    const [[low, high], [left, right]] = [spread(lats), spread(lons)];
    bounds.extend([low, left]).extend([high, right]);
  }
  const solid = border.segments.filter((segment) => !segment.style.dash.length);
  for (const { box } of solid.length ? solid : border.segments) {
    for (const [x, y] of [[box[0], box[1]], [box[2], box[3]]]) bounds.extend(L.CRS.EPSG3857.pointToLatLng(L.point(x * 256, y * 256), 0));
  }
  return bounds.pad(0.04);
}
