"""All basemaps of an installation: those that ship, and what lies in its own folder."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from gis_dispatch import assets
from gis_dispatch.errors import Refusal
from gis_dispatch.maps.basemaps import Basemap, is_own, list_basemaps
from gis_dispatch.maps.other_basemaps import FileBasemap, OnlineBasemap, read_online
from gis_dispatch.maps.refusals import LayerUnknown
from gis_dispatch.maps.tile_files import SUFFIXES, TileFile, open_tile_file

AnyBasemap = Basemap | OnlineBasemap | FileBasemap
Found = TileFile | OnlineBasemap | Refusal
_TAG = re.compile(r"<[^>]*>")
_STATED = "-"


@dataclass
class Catalogue:
    """What can be chosen now. Files that are put into a folder appear without a restart."""

    folder: Path
    """The installation's own, beside the one that ships."""
    online: bool
    """Whether the administrator lets maps in that come from the Internet."""
    _seen: dict[Path, tuple[tuple[int, int], Found]] = field(default_factory=dict)

    def basemaps(self) -> list[AnyBasemap]:
        """Our own first, then files, which need nobody either, then the online ones."""
        files = [_described(found) for found in self._found() if isinstance(found, TileFile)]
        return [*list_basemaps(), *files, *self._online_ones()]

    def hosts(self) -> list[str]:
        """The hosts that pictures may come from: those that the files name, and no other."""
        return sorted({basemap.host for basemap in self._online_ones()})

    def problems(self) -> list[Refusal]:
        """What is wrong with the files that cannot be shown."""
        return [found for found in self._found() if isinstance(found, Refusal)]

    def file(self, id: str) -> TileFile:
        """The file of tiles of this id, or a refusal."""
        files = {f.path.stem: f for f in self._found() if isinstance(f, TileFile)}
        if id not in files:
            raise LayerUnknown(id=id, known=", ".join(files) or "-")
        return files[id]

    def _online_ones(self) -> list[OnlineBasemap]:
        found = self._found() if self.online else ()
        return [one for one in found if isinstance(one, OnlineBasemap)]

    def _found(self) -> Iterator[Found]:
        """What is in the folders, each file looked at again only after it has changed."""
        for path in self._paths():
            state = path.stat()
            mark = state.st_mtime_ns, state.st_size
            seen = self._seen.get(path)
            if seen is None or seen[0] != mark:
                seen = self._seen[path] = mark, _look_at(path)
            yield seen[1]

    def _paths(self) -> Sequence[Path]:
        """By name; a file of the installation's own replaces one that ships."""
        found: dict[str, Path] = {}
        shipped = assets.folder("basemaps")
        for folder in (shipped, self.folder):
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                other = path.suffix == ".toml" and not (folder == shipped and is_own(path))
                if other or path.suffix in SUFFIXES:
                    found[path.name] = path
        return [found[name] for name in sorted(found)]


def _look_at(path: Path) -> Found:
    try:
        return read_online(path) if path.suffix == ".toml" else open_tile_file(path)
    except Refusal as broken:
        return broken


def _described(file: TileFile) -> FileBasemap:
    id = file.path.stem
    return FileBasemap(
        id=id,
        title_id=file.title,
        title_en=file.title,
        kind="vector-file" if file.format == "pbf" else "raster",
        attribution=unescape(_TAG.sub("", file.attribution)),
        licence=_STATED,
        tiles=f"/tiles/files/{id}/{{z}}/{{x}}/{{y}}?v={file.version}",
        zoom=file.zoom,
        layers=file.layers,
    )
