"""Signatures of the log's entries, made and checked by ssh-keygen and gpg, as git does it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from checklists.book import Book
from checklists.people import key_of
from checklists.project import Participant, Signatures
from config.results.log_entry import LogEntry
from golive.terminal.exits import Exit
from golive.terminal.fault import Fault
from golive.workspace.repository import run_git

NAMESPACE = "golive"
_SECONDS = 60.0
_SSH, _GPG = "-----BEGIN SSH SIGNATURE-----", "-----BEGIN PGP SIGNATURE-----"


def sign(root: Path, text: str) -> str:
    """A text's signature, by the key that git signs with (`user.signingkey`, `gpg.format`). Raises Fault."""
    key, form = _setting(root, "user.signingkey"), _setting(root, "gpg.format") or "openpgp"
    if not key:
        do = "git config gpg.format ssh   and  git config user.signingkey ~/.ssh/id_ed25519.pub"
        raise _no_key("git knows no key of yours", do)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "entry"
        file.write_text(text, encoding="utf-8")
        if form == "ssh":
            command = ["ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(Path(key).expanduser()), str(file)]
            made = Path(f"{file}.sig")
        else:
            made = Path(f"{file}.asc")
            command = ["gpg", "--armor", "--detach-sign", "--local-user", key, "--output", str(made), str(file)]
        done = _run(command)
        if done.returncode or not made.exists():
            raise _no_key(_last(done.stderr), "See that the key is there and can sign:  git commit --allow-empty -S")
        return made.read_text(encoding="utf-8")


def proofs(root: Path, book: Book, people: Mapping[str, Participant], rules: Signatures) -> dict[str, str]:
    """Entry's digest → why its signature proves nothing, empty where it does. Of entries that carry one."""
    return {entry.digest: _why_not(root, entry, people, rules) for entry in book.chain.entries if entry.signature}


def _why_not(root: Path, entry: LogEntry, people: Mapping[str, Participant], rules: Signatures) -> str:
    person = people.get(key_of(people, entry.by))
    with tempfile.TemporaryDirectory() as folder:
        signature, text = Path(folder) / "entry.sig", Path(folder) / "entry"
        signature.write_text(entry.signature, encoding="utf-8")
        text.write_text(entry.signed_text, encoding="utf-8")
        if entry.signature.startswith(_SSH):
            # Of somebody who has left, what they showed stays: their key may still be among those that are allowed.
            addresses = (person.email or "", *person.git) if person else (entry.by.email,)
            return _ssh(root, signature, entry.signed_text, addresses, rules)
        if entry.signature.startswith(_GPG):
            return _gpg(signature, text, person) if person else "nobody of this project made it"
    return "it has a form that golive does not know"


def _ssh(root: Path, signature: Path, text: str, addresses: Iterable[str], rules: Signatures) -> str:
    if not rules.allowed_signers:
        return "no `allowed_signers` says whose key is whose"
    allowed = root / rules.allowed_signers
    if not allowed.is_file():
        return f"{rules.allowed_signers} is not there"
    why = "no key of theirs is allowed"
    for address in dict.fromkeys(each for each in addresses if each):
        command = [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            str(allowed),
            "-I",
            address,
            "-n",
            NAMESPACE,
            "-s",
            str(signature),
        ]
        done = _run(command, text)
        if done.returncode == 0:
            return ""
        why = _last(done.stderr) or _last(done.stdout) or why
    return why


def _gpg(signature: Path, text: Path, person: Participant) -> str:
    if not person.gpg:
        return "no `gpg` fingerprint is said for them"
    done = _run(["gpg", "--status-fd", "1", "--verify", str(signature), str(text)])
    wanted = person.gpg.replace(" ", "").upper()
    for line in done.stdout.decode(errors="replace").splitlines():
        words = line.split()
        if words[1:2] == ["VALIDSIG"] and wanted in (words[2].upper(), words[-1].upper()):
            return "" if done.returncode == 0 else _last(done.stderr)
    return "it is not by the key whose fingerprint is said for them"


def _setting(root: Path, name: str) -> str:
    done = run_git(root, "config", "--get", name)
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""


def _run(command: list[str], text: str = "") -> subprocess.CompletedProcess[bytes]:
    surroundings = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=_SECONDS, check=False, env=surroundings
        )
    except (OSError, subprocess.SubprocessError) as failed:
        return subprocess.CompletedProcess(command, 1, b"", str(failed).encode())


def _last(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].strip().rstrip(".") if lines else ""


def _no_key(why: str, do: str) -> Fault:
    return Fault("no_signature", "Your signature could not be made.", why=f"{why}.", do=do, exits=Exit.FAILED)
