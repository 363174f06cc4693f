"""The worker process: delivers closed cases, announces closures that begin or end by themselves."""

from gis_dispatch.worker.running import run

__all__ = ["run"]
