"""Installing the engine: sources, atomicity, two at once."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from stacks.engine import install as installing
from stacks.engine import sources
from stacks.engine.install import EngineMissing, install
from stacks.engine.locate import HOST, HOST_SCRIPT, VERSION, engine_folder, status
from stacks.engine.sources import SourceUnavailableError, go_version, version_of

FAKE = '#!/bin/sh\n[ "$1" = version ] && echo v{version}\n'


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOLIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sources, "INSTALLER", "http://127.0.0.1:9/install.sh")
    return tmp_path / "cache"


def fake(folder: Path, version: str = VERSION, name: str = "pulumi") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(FAKE.format(version=version))
    file.chmod(0o755)
    return file


def on_path(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join([*map(str, folders), "/usr/bin", "/bin"]))


def test_it_is_copied_from_path_with_our_host_and_nothing_else(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path / "bin")
    on_path(monkeypatch, tmp_path / "bin")
    assert not status().installed
    said: list[str] = []
    ready = install(said.append)
    assert (ready.installed, ready.source, ready.version) == (True, "PATH", VERSION)
    assert ready.path == cache / "engine" / VERSION / "bin" / "pulumi"
    assert sorted(file.name for file in ready.path.parent.iterdir()) == ["pulumi", HOST]
    assert ready.path.with_name(HOST).read_text() == HOST_SCRIPT
    assert len(said) == 2 and "Copying" in said[0]
    (tmp_path / "bin" / "pulumi").unlink()
    said.clear()
    assert install(said.append) == ready
    assert said == []


def test_an_older_host_script_is_replaced(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path / "bin")
    on_path(monkeypatch, tmp_path / "bin")
    host = install().path.with_name(HOST)
    host.write_text("#!/bin/sh\n")
    install()
    assert host.read_text() == HOST_SCRIPT


def test_nothing_works_and_each_reason_is_said(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path / "bin", "3.258.0")
    fake(tmp_path / "bin", name="go").write_text("#!/bin/sh\necho go1.25.10\n")
    on_path(monkeypatch, tmp_path / "bin")
    started = time.monotonic()
    with pytest.raises(EngineMissing) as raised:
        install()
    assert time.monotonic() - started < 15
    reasons = raised.value.reasons
    assert list(reasons) == ["PATH", "official installer", "Go build"]
    assert "3.258.0" in reasons["PATH"]
    assert "cannot be reached" in reasons["official installer"]
    assert "go1.25.10" in reasons["Go build"]
    assert "Go 1.25.11" in str(raised.value) and VERSION in str(raised.value)
    assert not status().installed
    assert [file.name for file in engine_folder().parent.iterdir()] == [f".{VERSION}.lock"]


def test_without_go_or_pulumi(cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineMissing) as raised:
        install(sources=("PATH", "Go build"))
    assert raised.value.reasons == {"PATH": "no pulumi on PATH", "Go build": "no Go on PATH"}


def test_other_executables_of_an_installation_are_removed_and_a_wrong_version_refused(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def official(folder: Path, say: sources.Say) -> None:
        fake(folder / "bin")
        fake(folder / "bin", name="pulumi-language-python")
        fake(folder / "bin", name=HOST)

    def wrong(folder: Path, say: sources.Say) -> None:
        fake(folder / "bin", "3.1.0")

    def empty(folder: Path, say: sources.Say) -> None:
        (folder / "bin").mkdir()

    monkeypatch.setattr(installing, "SOURCES", {"empty": empty, "wrong": wrong, "official": official})
    ready = install(sources=("empty", "wrong", "official"))
    assert ready.source == "official"
    assert sorted(file.name for file in ready.path.parent.iterdir()) == ["pulumi", HOST]
    assert ready.path.with_name(HOST).read_text() == HOST_SCRIPT


def _install_slowly(folder: str, go: object, results: object) -> None:
    os.environ["GOLIVE_CACHE"] = folder

    def slow(place: Path, say: sources.Say) -> None:
        fake(place / "bin")
        (Path(folder) / f"installed-by-{os.getpid()}").touch()
        time.sleep(0.5)

    installing.SOURCES["slow"] = slow
    go.wait()  # type: ignore[attr-defined]
    results.put(install(sources=("slow",)).installed)  # type: ignore[attr-defined]


def test_of_two_at_once_one_installs_and_both_have_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    go, results = context.Event(), context.Queue()
    both = [context.Process(target=_install_slowly, args=(str(tmp_path), go, results)) for _ in range(2)]
    for process in both:
        process.start()
    go.set()
    assert [results.get(timeout=60) for _ in both] == [True, True]
    for process in both:
        process.join()
    assert len(list(tmp_path.glob("installed-by-*"))) == 1


def test_what_a_killed_installation_left_is_cleared_away(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = cache / "engine" / f".{VERSION}-abc"
    fake(left / "bin")
    fake(cache / "engine" / VERSION / "bin")
    assert not status().installed
    fake(tmp_path / "bin")
    on_path(monkeypatch, tmp_path / "bin")
    assert install().installed
    assert not left.exists()


def test_a_command_that_hangs_is_ended(tmp_path: Path) -> None:
    hanging = tmp_path / "pulumi"
    hanging.write_text("#!/bin/sh\nsleep 60\n")
    hanging.chmod(0o755)
    started = time.monotonic()
    with pytest.raises(SourceUnavailableError, match="longer than"):
        sources._run([str(hanging)], 0.3, say=lambda text: None)
    assert time.monotonic() - started < 5


def test_versions() -> None:
    assert go_version("go1.26.8") == (1, 26, 8)
    assert go_version("go1.26") == (1, 26, 0)
    assert go_version("devel") == ()
    assert version_of(Path("/nowhere/pulumi")) == ""


@pytest.mark.engine
def test_the_real_engine_says_its_version(engine: Path) -> None:
    assert version_of(engine) == VERSION
