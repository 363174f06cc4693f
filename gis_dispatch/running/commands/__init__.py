"""The commands of `gis-dispatch`, one subject a file; each is loaded when it is asked for."""
