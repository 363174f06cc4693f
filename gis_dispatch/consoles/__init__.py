"""The face: Flask, thin. One role, one blueprint; every API resource, one file."""
