"""The road engine: OSM in, exact driving times out. Import `opening` to open it."""
