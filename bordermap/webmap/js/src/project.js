// Web Mercator and distances on the ellipsoid's mean sphere.

const RAD = Math.PI / 180;
export const EARTH_M = 6371008.8;

export const worldX = (lon) => (lon + 180) / 360;
export const worldY = (lat) => (1 - Math.asinh(Math.tan(lat * RAD)) / Math.PI) / 2;
export const lonOf = (x) => x * 360 - 180;
export const latOf = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / RAD;

// World pixels at a zoom, as Leaflet counts them.
export const worldSize = (zoom) => 256 * 2 ** zoom;

export const metresPerPixel = (lat, zoom) => (Math.cos(lat * RAD) * 2 * Math.PI * 6378137) / worldSize(zoom);

export function distanceM(lon1, lat1, lon2, lat2) {
  const a = Math.sin(((lat2 - lat1) * RAD) / 2) ** 2;
  const b = Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * Math.sin(((lon2 - lon1) * RAD) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(a + b));
}

// Rings in degrees as rings in world units, with the box of all.
export function projected(shape) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const spans = [];
  const rings = shape.rings.map((flat) => {
    const out = new Float64Array(flat.length);
    let [low, high] = [Infinity, -Infinity];
    for (let v = 0; v < flat.length; v += 2) {
      const x = (out[v] = worldX(flat[v]));
      const y = (out[v + 1] = worldY(flat[v + 1]));
      if (x < low) low = x;
      if (x > high) high = x;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    spans.push(high - low);
    return out;
  });
  return { closed: shape.closed, rings, spans, box };
}

export function insideRings(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let v = 0, w = ring.length - 2; v < ring.length; w = v, v += 2) {
      if (ring[v + 1] > y !== ring[w + 1] > y
        && x < ((ring[w] - ring[v]) * (y - ring[v + 1])) / (ring[w + 1] - ring[v + 1]) + ring[v]) inside = !inside;
    }
  }
  return inside;
}

// Squared distance from a point to the nearest edge.
export function distanceToRings2(rings, x, y) {
  let best = Infinity;
  for (const ring of rings) {
    for (let v = 0; v + 3 < ring.length; v += 2) {
      const dx = ring[v + 2] - ring[v];
      const dy = ring[v + 3] - ring[v + 1];
      const length2 = dx * dx + dy * dy;
      const t = length2 ? Math.max(0, Math.min(1, ((x - ring[v]) * dx + (y - ring[v + 1]) * dy) / length2)) : 0;
      best = Math.min(best, (ring[v] + t * dx - x) ** 2 + (ring[v + 1] + t * dy - y) ** 2);
    }
  }
  return best;
}
