"""The process that reads one sent file: `python -m gis_dispatch.maps.read_upload FILE NAME FOLDER`.

A file from outside is read by GDAL in a process of its own with bounds on memory and time: what is
too much, or breaks it, ends this process and not one that answers other people. It leaves two files
in the folder: report.json, and features.ndjson with some features in each line.
"""

import json
import resource
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import shapely

from gis_dispatch.errors import Refusal
from gis_dispatch.maps.upload_check import Read, read_features, rows
from gis_dispatch.maps.upload_file import open_upload
from gis_dispatch.maps.upload_refusals import SourceLayerNeeded

MEMORY_BYTES = 3 * 1024**3
CPU_S = 60
PROBLEMS_TOLD = 50
FEATURES_SHOWN = 300
FEATURES_A_LINE = 500
EXAMPLES = 3
SHOWN_WITHIN_DEG = 0.0002


def main(file: str, name: str, folder: str, wanted: str | None = None) -> None:
    """Within bounds, read and leave what was found."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    leave_findings(file, name, folder, wanted)


def leave_findings(file: str, name: str, folder: str, wanted: str | None = None) -> None:
    """Read the file; its report and, of one that is right, its features are in the folder."""
    report: dict[str, Any] = {"name": name, "layers": [], "problems": [], "problem_count": 0}
    try:
        opened = open_upload(Path(file), name, wanted)
        report |= {"layers": list(opened.layers), "layer": opened.layer}
        read = read_features(opened, name)
    except Refusal as refusal:
        if isinstance(refusal, SourceLayerNeeded):
            report["layers"] = str(refusal.fields["names"]).split(", ")
        report |= {"problems": [_told(refusal)], "problem_count": 1}
    else:
        report |= _report(read)
        if not read.problems:
            with (Path(folder) / "features.ndjson").open("w", encoding="utf-8") as out:
                every = rows(read)
                while some := list(islice(every, FEATURES_A_LINE)):
                    out.write(json.dumps(some, ensure_ascii=False, allow_nan=False) + "\n")
    (Path(folder) / "report.json").write_text(json.dumps(report), encoding="utf-8")


def _told(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "fields": refusal.fields}


def _report(read: Read) -> dict[str, Any]:
    good = read.geometries[~shapely.is_missing(read.geometries)]
    # A file whose features have no place at all has no extent either; its problems say so.
    bounds = [round(float(side), 6) for side in shapely.total_bounds(good)] if good.size else None
    return {
        "features": len(read.geometries),
        "shape": read.shape,
        "geometry_types": dict(read.kinds),
        "columns": [
            _column(name, values) for name, values in zip(read.columns, read.values, strict=True)
        ],
        "bounds": bounds,
        "problems": [_told(one) for one in read.problems[:PROBLEMS_TOLD]],
        "problem_count": len(read.problems),
        "preview": _preview(read) if not read.problems else [],
    }


def _column(name: str, values: Any) -> dict[str, Any]:
    examples: list[str] = []
    for value in values.tolist():
        said = "" if value is None else str(value)[:60]
        if said and said not in examples:
            examples.append(said)
        if len(examples) == EXAMPLES:
            break
    return {"name": name, "examples": examples}


def _preview(read: Read) -> list[Any]:
    step = max(1, len(read.geometries) // FEATURES_SHOWN)
    shown = shapely.simplify(read.geometries[::step], SHOWN_WITHIN_DEG)
    return [json.loads(one) for one in shapely.to_geojson(shown) if one is not None]


if __name__ == "__main__":
    main(*sys.argv[1:])
