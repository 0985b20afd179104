import L from "leaflet"; globalThis.L = L; globalThis.bordermap = {};
