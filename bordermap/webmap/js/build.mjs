// Bundles the page into ../dist. Two bundles: one brings Leaflet along (our own
// page), one uses the Leaflet that a folium page has already loaded.
import { build } from "esbuild";
import { mkdir, copyFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FORMAT } from "./src/pack.js";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here("../dist/");
await mkdir(dist, { recursive: true });

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome90", "firefox90", "safari15"],
  legalComments: "inline",
  charset: "utf8",
  logLevel: "warning",
};

await build({ ...common, entryPoints: [here("src/page.js")], outfile: `${dist}bordermap.js` });
await build({
  ...common,
  entryPoints: [here("src/plugin.js")],
  outfile: `${dist}bordermap-layer.js`,
  alias: { leaflet: here("src/leaflet-global.js") },
});
// Leaflet's style sheet names image files that our page does not use.
for (const [source, made] of [["page", "bordermap"], ["plugin", "bordermap-layer"]]) {
  await build({
    ...common,
    entryPoints: [here(`src/${source}.css`)],
    outfile: `${dist}${made}.css`,
    loader: { ".png": "empty" },
  });
}
await copyFile(here("node_modules/leaflet/LICENSE"), `${dist}LEAFLET-LICENSE`);
// Python refuses a bundle of another format than its own.
await writeFile(`${dist}bundle.json`, JSON.stringify({ format: FORMAT }) + "\n");
