// Our own page: finds its root and data, shows a map in it.
import L from "leaflet";
import { App } from "./app.js";
import { Border } from "./border.js";
import { Cells } from "./cells.js";
import { Ground } from "./ground.js";
import { Incidents } from "./incidents.js";
import { unpack } from "./pack.js";
import { makeMap } from "./frame.js";
import { speaker } from "./words.js";

async function packIn(id, turn) {
  const node = document.getElementById(id);
  const pack = await unpack(node.textContent, node.dataset.encoding, turn);
  node.remove(); // the text is not needed twice
  return pack;
}

// When nobody is waiting for the page.
const quiet = () => new Promise((done) => { (globalThis.requestIdleCallback ?? setTimeout)(done); });

// Lets the browser draw and answer before the next piece of work.
const turn = () => new Promise((done) => { setTimeout(done); });

// The later packs stand behind this script: the page draws before they are parsed.
const parsed = () => new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done, { once: true });
  else done();
});

// The words that only lists, cards and searches need.
async function takeIn(app, ids) {
  await parsed();
  for (const id of ids) {
    await quiet();
    app.takeIn(await packIn(id, turn));
  }
}

async function show(root, config, map) {
  const { later, ...first } = config.data;
  const packs = Object.fromEntries(await Promise.all(Object.entries(first).map(async ([role, id]) => [role, await packIn(id)])));
  const parts = { incidents: new Incidents(packs.incidents), border: new Border(packs.line), ground: packs.ground ? new Ground(packs.ground) : null, cells: packs.cells ? new Cells(packs.cells) : null };
  const app = new App(root, config, parts, map);
  root.bordermap = app; // for scripts of a page around the map; no global name is taken
  root.dataset.ready = "true";
  app.whole = takeIn(app, later);
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
