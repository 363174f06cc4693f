"""The worker process: delivers closed cases, announces closures, refreshes times of arrival."""

from gis_dispatch.worker.running import run

__all__ = ["run"]
