// Stands in for the package when folium's page brings its own Leaflet.
export default globalThis.L;
