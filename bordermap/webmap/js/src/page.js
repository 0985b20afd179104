// Our own page: finds its root and data, shows a map in it.
import L from "leaflet";
import { App } from "./app.js";
import { Border } from "./border.js";
import { Ground } from "./ground.js";
import { Incidents } from "./incidents.js";
import { unpack } from "./pack.js";
import { makeMap } from "./frame.js";
import { speaker } from "./words.js";

async function packIn(id) {
  const node = document.getElementById(id);
  const pack = await unpack(node.textContent, node.dataset.encoding);
  node.remove(); // the text is not needed twice
  return pack;
}

// When the first picture is drawn and nobody is waiting for the page.
const quiet = () => new Promise((done) => { setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(done), 300); });

async function show(root, config, map) {
  const { later, ...first } = config.data;
  const packs = Object.fromEntries(await Promise.all(Object.entries(first).map(async ([role, id]) => [role, await packIn(id)])));
  const parts = { incidents: new Incidents(packs.incidents), border: new Border(packs.line), ground: packs.ground ? new Ground(packs.ground) : null };
  const app = new App(root, config, parts, map);
  root.bordermap = app; // for scripts of a page around the map; no global name is taken
  root.dataset.ready = "true";
  if (later) app.whole = quiet().then(() => packIn(later)).then((pack) => app.takeIn(pack));
  await app.whole;
  root.dataset.whole = "true";
  return app;
}

for (const root of document.querySelectorAll(".bm[data-config]")) {
  const config = JSON.parse(document.getElementById(root.dataset.config).textContent);
  root.removeAttribute("data-config");
  const map = makeMap(config.tiles);
  if (config.name) { // layers of Folium's own follow in the page and name the map
    globalThis.L = L;
    globalThis[config.name] = map;
  }
  show(root, config, map).catch((error) => {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent = speaker(config.lang)("failed", { why: error.message });
    root.append(note);
    throw error;
  });
}
