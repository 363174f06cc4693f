"""A file that somebody sent, read beside us: what it holds, what is wrong with it, its features."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis_dispatch.errors import Refusal, Word, _
from gis_dispatch.maps.upload_refusals import (
    UPLOAD_REFUSALS,
    FileUnreadable,
    ReadingTooLong,
    UploadRefused,
)
from gis_dispatch.services.manage_layers import LayerFile

READ_WITHIN_S = 90
SHAPES = (_("point"), _("line"), _("polygon"))
"""Words in what the reading process tells that are translated with their sentence."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What was found in the file, as the process that read it tells it."""

    name: str
    report: dict[str, Any]
    _features: Path

    @property
    def problems(self) -> list[Refusal]:
        """What is wrong, the first of it in the order of the features."""
        return [
            UPLOAD_REFUSALS[one["code"]](
                **{
                    name: Word(value) if value in SHAPES else value
                    for name, value in one["fields"].items()
                }
            )
            for one in self.report["problems"]
        ]

    def as_file(self) -> LayerFile:
        """The file as the work of the house takes it; one with anything wrong is refused whole."""
        if self.problems:
            raise UploadRefused(
                field="file", problem=self.problems[0], count=self.report["problem_count"]
            )
        return LayerFile(
            name=self.name,
            shape=self.report["shape"],
            columns=[column["name"] for column in self.report["columns"]],
            features=self.report["features"],
            parts=self._parts(),
        )

    def _parts(self) -> Iterator[str]:
        with self._features.open(encoding="utf-8") as lines:
            yield from lines


@contextmanager
def read_upload(data: bytes, name: str, source_layer: str | None) -> Iterator[Upload]:
    """Read the file; what was read is there until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="gis-dispatch-upload-"))
    try:
        # Its own name stays out of every path; only the end says what it is.
        file = folder / f"sent{Path(name).suffix.lower()[:12]}"
        file.write_bytes(data)
        report = _report(file, name, folder, source_layer)
        yield Upload(name, report, folder / "features.ndjson")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _report(file: Path, name: str, folder: Path, source_layer: str | None) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", f"{__package__}.read_upload"]
    command += [str(file), name, str(folder), *([source_layer] if source_layer else [])]
    # One thread: a library that reserves memory for many would meet the bound at once.
    surroundings = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "GDAL_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=READ_WITHIN_S, check=False, env=surroundings
        )
    except subprocess.TimeoutExpired:
        return _failed(ReadingTooLong(name=name, seconds=READ_WITHIN_S))
    told = folder / "report.json"
    if done.returncode != 0 or not told.is_file():
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        problem = last[0][:200] if last else f"the reader ended with {done.returncode}."
        return _failed(FileUnreadable(name=name, kind=file.suffix.lstrip("."), problem=problem))
    report: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return report


def _failed(refusal: Refusal) -> dict[str, Any]:
    told = {"code": refusal.code, "fields": refusal.fields}
    return {"layers": [], "problems": [told], "problem_count": 1}
