"""A web worker starts light: what only a report, an import or a delivery needs comes with it."""

import json
import subprocess
import sys
from pathlib import Path

WORKER = """
import json, sys
from gis_dispatch import wiring
from gis_dispatch.settings import Settings

app = wiring.build_app(Settings(home=sys.argv[1], database_url="postgresql://nobody@/nowhere"))
print(json.dumps([len(list(app.url_map.iter_rules())), sorted(sys.modules)]))
"""

# Together some 150 MB in every worker, and two seconds of every start.
LATER = {
    "osmnx", "networkx", "geopandas", "pandas", "osmium", "scipy.ndimage", "scipy.sparse",
    "folium", "branca", "weasyprint", "fontTools", "xlsxwriter", "httpx", "requests", "alembic",
    "matplotlib", "procrastinate", "pyproj", "pymetis",
}  # fmt: skip


def test_a_web_worker_loads_only_what_every_request_may_need(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-c", WORKER, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    doors, loaded = json.loads(ran.stdout)
    assert doors > 50 and "gis_dispatch.roads.graph_roads" in loaded
    assert sorted(LATER & set(loaded)) == []


KERNEL = """
import sys
import numpy as np
from gis_dispatch.roads.kernel_sweep import forget

forget(np.zeros(1, np.int32), 1, np.zeros(1), np.ones(1, np.uint8))
assert "scipy.linalg" not in sys.modules
import scipy.linalg
print(scipy.linalg.norm([3, 4]))
"""


def test_kernels_bring_no_linear_algebra_and_leave_it_to_others() -> None:
    ran = subprocess.run(
        [sys.executable, "-P", "-c", KERNEL],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert ran.stdout == "5.0\n"
