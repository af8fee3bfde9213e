"""Is this dossier what was recorded? A checker that needs Python and cryptography, nothing else.

    python check.py dossier.zip --key KEY [--witness-key KEY ...] [--lang nl|en]

KEY is the verifier key of the log or of a witness, or a file that holds it. Take it from the
keeper of the log or from the witness, never from the dossier. Ends with 0 when all is proven, 1
when something is wrong, 2 when the call is not right, 3 when nothing is wrong but not everything is
proven. The format is told in FORMAT.md.
"""

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PROVEN, WRONG, UNPROVEN = 0, 1, 3
_NEEDED = {"FORMAT.md", "check.py", "documents.jsonl", "dossier.html", "events.jsonl"}
_LISTED = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._-]*(?:/[0-9a-f]{64})?)\n")
_REGISTERED = "kvob.estate:document-registered.v1"
_LOG, _WITNESS = 1, 4
_BAD = (LookupError, TypeError, ValueError, AttributeError, struct.error, RecursionError)
_WORDS = {
    "files": ("{0} bestanden als in MANIFEST", "{0} files as in MANIFEST"),
    "missing": ("{0} ontbreekt", "{0} is missing"),
    "stray": ("{0} hoort er niet bij", "{0} does not belong here"),
    "changed": ("{0} is veranderd", "{0} was changed"),
    "twice": ("een naam komt tweemaal voor", "a name is there twice"),
    "line": ("{0}: regel {1} klopt niet", "{0}: line {1} is not right"),
    "unreadable": ("onleesbaar: {0}", "unreadable: {0}"),
    "gap": ("voor regel {0} ontbreekt een gebeurtenis", "before line {0} an event is missing"),
    "not in": ("regel {0} staat niet zo in het logboek", "line {0} is not so in the log"),
    "events": ("terrein {0}: gebeurtenis 1 t/m {1}", "estate {0}: events 1 to {1}"),
    "uncovered": ("{0} gebeurtenissen nog niet in het logboek", "{0} events not in the log yet"),
    "documents": ("documents.jsonl past niet bij events.jsonl", "documents.jsonl does not fit"),
    "document": ("{0} is niet wat is vastgelegd", "{0} is not what was recorded"),
    "enclosed": ("{0} bewijsstukken, {1} bijgevoegd", "{0} documents, {1} enclosed"),
    "seen": ("getekend door {0}, sleutel {1}", "signed by {0}, key {1}"),
    "unsigned": ("geen goede handtekening van {0}", "no right signature of {0}"),
    "signed": ("handtekening van logboek {0}", "signature of log {0}"),
    "witness": ("getuige {0} zag dit op {1}", "witness {0} saw this at {1}"),
    "no key": (
        "geen --key; een sleutel van hier bewijst niets",
        "no --key; one in here is no proof",
    ),
    "no witness": ("let op: geen --witness-key gegeven", "mind: no --witness-key was given"),
    "no log": ("zonder logboek; dit bewijst niets", "without a log; this proves nothing"),
    "manifest": ("SHA-256 van MANIFEST: {0}", "SHA-256 of MANIFEST: {0}"),
    "end 0": ("BEWEZEN", "PROVEN"),
    "end 1": ("FOUT: vertrouw dit dossier niet", "WRONG: do not trust this dossier"),
    "end 3": ("NIET ALLES BEWEZEN, niets fout gevonden", "NOT ALL PROVEN, nothing wrong found"),
}
_MARKS = {"good": ("goed", "good"), "open": ("open", "open"), "wrong": ("FOUT", "WRONG")}


class Wrong(Exception):
    """Something that ends the check: a name in `_WORDS`, and what it is about."""


# Name, key id, kind, public key: https://c2sp.org/signed-note
Key = tuple[str, bytes, int, Ed25519PublicKey]
# Signed text, size, root, (name, key id, signature): https://c2sp.org/tlog-checkpoint
Note = tuple[str, int, bytes, list[tuple[str, bytes, bytes]]]


class Report:
    """What was found, told in one language; `code` is how the check ends."""

    def __init__(self, lang: str) -> None:
        self.column, self.code = int(lang == "en"), PROVEN

    def tell(self, verdict: str, words: str, *about: object) -> None:
        """Tell that something is good, open or wrong, or just so."""
        mark = _MARKS.get(verdict, ("", ""))[self.column]
        print(f"  {mark:5} {_WORDS[words][self.column].format(*about)}")
        self.code = {"wrong": WRONG, "open": self.code or UNPROVEN}.get(verdict, self.code)


def hash_of(dossier: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a file."""
    with dossier.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def lines_of(dossier: zipfile.ZipFile, name: str) -> Iterator[tuple[int, Any]]:
    """The JSON of its lines, numbered from 1."""
    with dossier.open(name) as file:
        for number, line in enumerate(file, start=1):
            try:
                yield number, json.loads(line.decode())
            except _BAD:
                raise Wrong("line", name, number) from None


def check_manifest(dossier: zipfile.ZipFile, report: Report) -> dict[str, str]:
    """Are exactly the files there that MANIFEST lists, with those hashes?"""
    text = dossier.read("MANIFEST").decode()
    listed = {name: digest for digest, name in _LISTED.findall(text)}
    if text != "".join(f"{listed[name]}  {name}\n" for name in sorted(listed)):
        raise Wrong("changed", "MANIFEST")
    present = set(dossier.namelist()) - {"MANIFEST"}
    if len(dossier.namelist()) != len(present) + 1:
        raise Wrong("twice")
    for name in sorted((set(listed) | _NEEDED) - present):
        report.tell("wrong", "missing", name)
    for name in sorted(present - set(listed)):
        report.tell("wrong", "stray", ascii(name))
    for name in sorted(set(listed) & present):
        if hash_of(dossier, name) != listed[name]:
            report.tell("wrong", "changed", name)
    if report.code == PROVEN:
        report.tell("good", "files", len(listed))
    return listed


def leaf_of(line: dict[str, Any]) -> tuple[bytes, bytes]:
    """The leaf of an event and its stored bytes; see FORMAT.md."""
    state = line["state"].encode() if "state" in line else _from64(line["state_base64"])
    estate, topic = line["estate"].encode(), line["topic"].encode()
    entry = struct.pack(">BH", 1, len(estate)) + estate + struct.pack(">Q", line["version"])
    entry += struct.pack(">H", len(topic)) + topic + struct.pack(">I", len(state)) + state
    return hashlib.sha256(b"\x00" + entry).digest(), state


def is_included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Does the leaf stand at this place in the tree? Source: RFC 9162 part 2.1.3.2."""
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        first, last = first >> 1, last >> 1
    return 0 <= index < size and last == 0 and found == root


def check_events(dossier: zipfile.ZipFile, report: Report, note: Note | None) -> dict[Any, str]:
    """Is every event in the log, and none left out in between? Gives the documents on record."""
    last, documents, places, uncovered = dict[str, int](), dict[Any, str](), set[int](), 0
    for number, line in lines_of(dossier, "events.jsonl"):
        try:
            (leaf, state), estate, version = leaf_of(line), str(line["estate"]), line["version"]
            if line["topic"] == _REGISTERED:
                documents[estate, version] = json.loads(state)["e"]["sha256"]
            if note is None or line["index"] is None:
                uncovered += 1
            else:
                place, proof = int(line["index"]), [_from64(one) for one in line["proof"]]
                if place in places or not is_included(leaf, place, note[1], proof, note[2]):
                    report.tell("wrong", "not in", number)
                places.add(place)
        except _BAD:
            raise Wrong("line", "events.jsonl", number) from None
        if version != last.get(estate, 0) + 1:
            report.tell("wrong", "gap", number)
        last[estate] = version
    for estate, version in last.items():
        report.tell("", "events", ascii(estate), version)
    if not last:
        report.tell("wrong", "gap", 1)
    elif note is not None and uncovered:
        report.tell("open", "uncovered", uncovered)
    return documents


def check_documents(
    dossier: zipfile.ZipFile, report: Report, listed: dict[str, str], known: dict[Any, str]
) -> None:
    """Are the documents those that the events name, and the enclosed ones unchanged?"""
    found: dict[Any, str] = {}
    for number, line in lines_of(dossier, "documents.jsonl"):
        try:
            found[line["estate"], line["version"]] = str(line["sha256"])
        except _BAD:
            raise Wrong("line", "documents.jsonl", number) from None
    if found != known:
        report.tell("wrong", "documents")
    enclosed = [(name, digest) for name, digest in listed.items() if name.startswith("documents/")]
    for name, digest in enclosed:
        if name != f"documents/{digest}" or digest not in found.values():
            report.tell("wrong", "document", name)
    report.tell("", "enclosed", len(found), len(enclosed))


def read_key(given: str) -> Key:
    """The verifier key that is given, or that stands in the file that is named."""
    text = given if "+" in given else Path(given).read_text("utf-8")
    name, key_id, encoded = text.strip().split("+", 2)
    raw = _from64(encoded)
    digest = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if len(raw) != 33 or raw[0] not in (_LOG, _WITNESS) or digest.hex() != key_id:
        raise ValueError("not a verifier key")
    return name, digest, raw[0], Ed25519PublicKey.from_public_bytes(raw[1:])


def read_note(text: str) -> Note:
    """The signed checkpoint."""
    body, gap, tail = text.rpartition("\n\n")
    lines = body.split("\n")  # origin, size, root
    marks = [re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line) for line in tail.split("\n")[:-1]]
    signed = [(mark[1], _from64(mark[2])) for mark in marks if mark]
    if not gap or not signed or len(signed) != len(marks) or not tail.endswith("\n"):
        raise ValueError("no signed note")
    signatures = [(name, raw[:4], raw[4:]) for name, raw in signed]
    return body + "\n", int(lines[1], 10), _from64(lines[2]), signatures


def signed_at(key: Key, note: Note) -> int | None:
    """When the witness saw it (0 for a log); None where the key did not sign it rightly."""
    when = None
    for name, key_id, signature in note[3]:
        if (name, key_id) == key[:2]:
            when, message = 0, note[0].encode()
            if key[2] == _WITNESS:
                when, signature = int.from_bytes(signature[:8], "big"), signature[8:]
                message = f"cosignature/v1\ntime {when}\n{note[0]}".encode()
            try:
                key[3].verify(signature, message)
            except InvalidSignature:
                return None
    return when


def check_signatures(report: Report, note: Note, keys: list[Key], witnesses: list[Key]) -> None:
    """Did the keys that the reader brought sign the checkpoint?"""
    for name, key_id, _ in note[3]:
        report.tell("", "seen", ascii(name), key_id.hex())
    for key, kind in [(one, _LOG) for one in keys] + [(one, _WITNESS) for one in witnesses]:
        when = signed_at(key, note)
        if when is None or key[2] != kind:
            report.tell("wrong", "unsigned", key[0])
        elif kind == _LOG:
            report.tell("good", "signed", key[0])
        else:
            report.tell("good", "witness", key[0], datetime.fromtimestamp(when, UTC).isoformat())
    if not keys:
        report.tell("open", "no key")
    if not witnesses:
        report.tell("", "no witness")


def check(dossier: zipfile.ZipFile, report: Report, keys: list[Key], witnesses: list[Key]) -> None:
    """Check everything."""
    listed, note = check_manifest(dossier, report), None
    if "checkpoint.txt" in dossier.namelist():
        note = read_note(dossier.read("checkpoint.txt").decode())
        check_signatures(report, note, keys, witnesses)
    else:
        report.tell("wrong" if keys or witnesses else "open", "no log")
    check_documents(dossier, report, listed, check_events(dossier, report, note))
    report.tell("", "manifest", hash_of(dossier, "MANIFEST"))


def main() -> int:
    """Read the call, check, and tell how it ended."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("dossier")
    parser.add_argument("--key", action="append", default=[])
    parser.add_argument("--witness-key", action="append", default=[])
    parser.add_argument("--lang", choices=("nl", "en"), default="nl")
    given = parser.parse_args()
    report = Report(given.lang)
    try:
        keys, witnesses = [[read_key(k) for k in some] for some in (given.key, given.witness_key)]
    except (OSError, ValueError) as error:
        parser.error(f"--key, --witness-key: {error}")
    try:
        with zipfile.ZipFile(given.dossier) as dossier:
            check(dossier, report, keys, witnesses)
    except Wrong as wrong:
        report.tell("wrong", *wrong.args)
    except (*_BAD, OSError, EOFError, RuntimeError, OverflowError, zipfile.BadZipFile) as error:
        report.tell("wrong", "unreadable", ascii(error))
    print(_WORDS[f"end {report.code}"][report.column])
    return report.code


def _from64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


if __name__ == "__main__":
    sys.exit(main())
