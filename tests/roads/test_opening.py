"""Where compiled kernels are kept: apart for every version of their sources."""

from pathlib import Path

import pytest

from gis_dispatch.roads import opening


def test_changed_kernels_are_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = opening.code_folder(tmp_path)
    assert shipped.parent == tmp_path / "numba"
    assert opening.code_folder(tmp_path) == shipped
    monkeypatch.setattr(opening, "__file__", str(tmp_path / "opening.py"))
    assert opening.code_folder(tmp_path) != shipped
    (tmp_path / "kernel_a.py").write_text("a = 1")
    (tmp_path / "kernel_b.py").write_text("b = 1")
    one = opening.code_folder(tmp_path)
    (tmp_path / "kernel_b.py").write_text("b = 2")
    assert len({shipped, one, opening.code_folder(tmp_path)}) == 3
