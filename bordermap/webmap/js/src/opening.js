// The view a map opens with: its incidents near the line, and the line's land part.
import L from "leaflet";

export function openView({ incidents, border }) {
  const [west, south, east, north] = border.facts.window;
  const lons = [];
  const lats = [];
  const step = Math.max(1, Math.floor(incidents.length / 20000)); // a sample says as much
  for (let i = 0; i < incidents.length; i += step) {
    if (!incidents.hasPoint(i)) continue;
    const [lon, lat] = incidents.lonLat(i);
    if (lon < west || lon > east || lat < south || lat > north) continue;
    lons.push(lon);
    lats.push(lat);
  }
  const bounds = L.latLngBounds([]);
  if (lons.length) {
    lons.sort((a, b) => a - b);
    lats.sort((a, b) => a - b);
    const at = (list, share) => list[Math.round((list.length - 1) * share)];
    bounds.extend([at(lats, 0.01), at(lons, 0.01)]).extend([at(lats, 0.99), at(lons, 0.99)]);
  }
  const solid = border.segments.filter((segment) => !segment.style.dash.length);
  for (const { box } of solid.length ? solid : border.segments) {
    for (const [x, y] of [[box[0], box[1]], [box[2], box[3]]]) bounds.extend(L.CRS.EPSG3857.pointToLatLng(L.point(x * 256, y * 256), 0));
  }
  return bounds.pad(0.04);
}
