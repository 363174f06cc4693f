"""Maps: reads layers/ and basemaps/, makes vector tiles and GeoJSON, composes folium maps."""
