"""What tells that a model is another one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from transcheck.encode import Deferred, load_encoder
from transcheck.encode import revision as module
from transcheck.encode.revision import PACKAGED, packaged, revision
from transcheck.types import ModelError


def test_names_are_those_of_the_loaded_models() -> None:
    for name in PACKAGED:
        deferred = Deferred(name)
        assert deferred.id == load_encoder(name).id
        assert not deferred.loaded
        assert deferred.revision == revision(name)


def test_a_changed_file_of_a_packaged_model_is_another_revision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "packaged", lambda name: tmp_path / name)
    for name in ("static", "contextual"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "weights").write_bytes(b"123")
    seen = [(revision(None), revision("fast"))]
    assert seen[0][0] != seen[0][1]
    (tmp_path / "contextual" / "weights").write_bytes(b"124")
    seen.append((revision(None), revision("fast")))
    (tmp_path / "static" / "weights").write_bytes(b"124")
    seen.append((revision(None), revision("fast")))
    assert len({whole for whole, _ in seen}) == 3
    assert [fast == seen[0][1] for _, fast in seen] == [True, True, False]


def test_another_version_of_what_runs_the_model_is_another_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    before = revision("fast")
    monkeypatch.setattr(module, "versions", lambda names: [f"{n} 0" for n in names])
    assert revision("fast") != before


def test_a_folder_is_told_by_names_sizes_and_times(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(packaged("static"), folder)
    first = revision(str(folder))
    assert first == revision(str(folder)) != revision("fast")
    (folder / "README.md").write_text("Another text.")
    assert revision(str(folder)) == first
    (folder / "modules.json").write_bytes((folder / "modules.json").read_bytes() + b"\n")
    assert revision(str(folder)) != first


def test_a_hub_model_is_told_by_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    assert revision("owner/name") is None
    head = tmp_path / "models--owner--name" / "refs" / "main"
    head.parent.mkdir(parents=True)
    seen = set()
    for commit in ("aaa", "bbb"):
        head.write_text(commit + "\n")
        seen.add(revision("owner/name"))
    assert len(seen) == 2
    assert None not in seen
    short = tmp_path / "models--sentence-transformers--LaBSE" / "refs" / "main"
    short.parent.mkdir(parents=True)
    short.write_text("ccc")
    assert revision("LaBSE") is not None


def test_loading_is_what_fails(tmp_path: Path) -> None:
    encoder = Deferred(str(tmp_path / "none"))
    assert encoder.revision is None
    assert encoder.id == str(tmp_path / "none")
    with pytest.raises(ModelError, match="no such folder"):
        encoder.encode(["a"])
