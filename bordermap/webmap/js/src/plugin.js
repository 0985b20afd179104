import L from "leaflet"; globalThis.bordermap = {L};
