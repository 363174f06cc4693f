"""Packs the folders of files into the wheel, and leaves them where they are in a checkout.

A static `force-include` would also copy them into an editable installation, where the copy hides
the package itself.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackFiles(BuildHookInterface):  # type: ignore[type-arg] # its parameter is for plugins
    """Adds `force-include` of pyproject.toml to every wheel that is not editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds."""
        if version != "editable":
            build_data["force_include"].update(self.config["force-include"])
