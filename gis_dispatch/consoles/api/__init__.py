"""The JSON API under /api/v1: one file per resource, each a blueprint that calls one service."""
