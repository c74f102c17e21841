"""What a review cannot see, it says: links, other repositories, clones without their files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repository import ClientRepository

RULES = "groups: {tier1: {name: Tier 1}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> ClientRepository:
    return ClientRepository.new(tmp_path / "client")


def test_a_link_holds_nothing_that_could_be_reviewed(repository: ClientRepository, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("groups: {secret: {name: Stolen}}\n", encoding="utf-8")
    repository.based_on(RULES)
    (repository.root / "config" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    for arguments in ((), ("main", "--head", repository.commit()), ("HEAD", "--head", "main")):
        ran = repository.review(*arguments)
        assert (ran.code, "`config/link.yaml` is a link or a submodule" in ran.err) == (1, True), ran.out
        assert "Stolen" not in ran.out


def test_neither_does_another_repository_nor_a_folder_that_texts_name(repository: ClientRepository) -> None:
    text = "macros: {m: {name: M, then: [{reply: public, text: {file: texts/hello.md}}]}}\n"
    repository.based_on(text)
    (repository.root / "elsewhere").mkdir()
    repository.write("elsewhere/hello.md", "Hello")
    (repository.root / "a").symlink_to("elsewhere")
    repository.commit()
    assert repository.review("main").code == 2, "only that there is no such file"
    (repository.root / "texts").symlink_to("elsewhere")
    for arguments in ((), ("main", "--head", repository.commit())):
        ran = repository.review(*arguments)
        assert (ran.code, "`texts` is a link or a submodule" in ran.err) == (1, True)
    (repository.root / "texts").unlink()
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{repository.git('rev-parse', 'HEAD')},config/lib")
    repository.git("commit", "-qm", "another repository")
    ran = repository.review("main", "--head", "HEAD")
    assert (ran.code, "`config/lib` is a link or a submodule" in ran.err) == (1, True)


def test_what_is_not_in_the_clone_is_not_new(repository: ClientRepository, tmp_path: Path) -> None:
    repository.based_on(RULES)
    repository.write("config/own.yaml", "groups: {}\n")
    repository.commit()
    repository.git("config", "uploadpack.allowFilter", "true")
    for name in ("blob:none", "tree:0"):
        partial = tmp_path / name.replace(":", "-")
        repository.git("clone", "-q", f"--filter={name}", "-b", "change", repository.folder.as_uri(), str(partial))
        ran = ClientRepository(partial).review("origin/main", "--head", "HEAD")
        assert (ran.code, "cannot be read here" in ran.err, "This clone is partial" in ran.err) == (1, True, True)
        assert "everything is new" not in ran.out + ran.err
    ClientRepository(partial).git("fetch", "-q", "--refetch", "--no-filter")
    assert ClientRepository(partial).review("origin/main", "--head", "HEAD").code == 0
