"""Are notes and keys those of C2SP, and is everything else refused?"""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_workflow.proofs.bundles import Bundle, read_bundle
from kvob_workflow.proofs.errors import BundleMalformed, KeyMalformed, NoteMalformed
from kvob_workflow.proofs.keys import (
    WITNESS,
    new_key,
    read_signing,
    read_verifier,
    signers_of,
)
from kvob_workflow.proofs.notes import (
    Checkpoint,
    Signature,
    SignedNote,
    read_checkpoint,
    read_note,
    read_notes,
)

# The example of the documentation of golang.org/x/mod/sumdb/note, from which C2SP took the form.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
ROOT = bytes(range(32))
ROOT_TEXT = b64encode(ROOT).decode()


def signed(text: str, name: str = "kvob/test/log-1") -> SignedNote:
    key = new_key(name)
    return SignedNote(text, (key.sign(text),))


def test_a_published_note_verifies_with_its_published_key() -> None:
    key, note = read_verifier(PUBLISHED_KEY), read_note(PUBLISHED_NOTE)
    assert key.has_signed(note)
    assert str(note) == PUBLISHED_NOTE
    assert str(key) == PUBLISHED_KEY
    changed = read_note(PUBLISHED_NOTE.replace("think", "thunk"))
    assert not key.has_signed(changed)
    assert key.is_named_in(changed)


def test_keys_are_read_back_and_keep_their_secret() -> None:
    key = new_key("kvob/test/log-1")
    assert read_signing(key.text) == key
    assert read_verifier(str(key.verifier)) == key.verifier
    assert b64encode(key.seed).decode()[:20] not in repr(key) + str(key) + str(key.verifier)


def test_a_witness_signs_the_instant_too() -> None:
    key, text = new_key("w.example", WITNESS), "kvob/test/log-1\n5\nx\n"
    note = SignedNote(text, (key.sign(text, 1_772_000_000),))
    assert key.verifier.seen_at(note) == 1_772_000_000
    name, key_id, signature = note.signatures[0]
    later = Signature(name, key_id, (1_772_000_001).to_bytes(8, "big") + signature[8:])
    assert not key.verifier.has_signed(SignedNote(text, (later,)))
    assert key.verifier.seen_at(SignedNote(text, (later,))) is None


def test_one_right_signature_does_not_cover_a_wrong_one_of_the_same_key() -> None:
    key, text = new_key("kvob/test/log-1"), "text\n"
    right = key.sign(text)
    wrong = Signature(right.name, right.key_id, bytes(64))
    assert signers_of(SignedNote(text, (right,)), [key.verifier]) == [key.verifier]
    assert signers_of(SignedNote(text, (right, wrong)), [key.verifier]) == []


def test_sixteen_signatures_of_others_do_no_harm() -> None:
    text = "text\n"
    keys = [new_key(f"w{number}.example") for number in range(16)]
    note = read_note(str(SignedNote(text, tuple(key.sign(text) for key in keys))))
    assert all(key.verifier.has_signed(note) for key in keys)


def test_a_checkpoint_is_read_back_with_its_extensions() -> None:
    checkpoint = Checkpoint("kvob/test/log-1", 12, ROOT, ("more",))
    assert read_checkpoint(read_note(str(signed(checkpoint.text)))) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        f"origin\n-1\n{ROOT_TEXT}\n",
        f"origin\n01\n{ROOT_TEXT}\n",
        f"origin\n+1\n{ROOT_TEXT}\n",
        f"origin\n1_0\n{ROOT_TEXT}\n",
        f"origin\n\u0661\n{ROOT_TEXT}\n",
        f"origin\n{2**63}\n{ROOT_TEXT}\n",
        f"origin\n{'9' * 5000}\n{ROOT_TEXT}\n",
        f"origin\n1\n{ROOT_TEXT[:-1]}\n",
        f"origin\n1\n{ROOT_TEXT[:-2]}9=\n",
        f"origin\n1\n{ROOT_TEXT} \n",
        f"origin\n1\n{b64encode(bytes(31)).decode()}\n",
        f"with space\n1\n{ROOT_TEXT}\n",
        f"with+plus\n1\n{ROOT_TEXT}\n",
        "origin\n1\n",
        "origin\n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteMalformed):
        read_checkpoint(read_note(str(signed(text))))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n\n",
        b"text\n",
        b"text\n\n",
        b"text\n\nsignature\n",
        "text\n\n\u2014 name\n".encode(),
        "text\n\n\u2014 name AAAAAA==".encode(),
        "text\n\n\u2014 name AAAAAA==\n".encode(),
        "text\n\n\u2014 na+me AAAAAAAA\n".encode(),
        "text\n\n\u2014 name AAAAAAB=\n".encode(),
        "te\x00xt\n\n\u2014 name AAAAAAAA\n".encode(),
        b"text\n\n\xff\n",
        b"x" * 70_000,
        ("text\n\n" + "\u2014 name AAAAAAAA\n" * 101).encode(),
    ],
)
def test_bytes_that_are_no_note_are_refused(raw: bytes) -> None:
    with pytest.raises(NoteMalformed):
        read_note(raw)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused(raw: bytes) -> None:
    for read in (read_note, read_notes, read_bundle):
        try:
            read(raw)
        except (NoteMalformed, BundleMalformed):
            continue


def test_a_file_of_heads_is_read_one_by_one() -> None:
    notes = [signed(f"origin\n{size}\n{ROOT_TEXT}\n") for size in (1, 2)]
    assert read_notes("\n".join(str(note) for note in notes)) == notes
    assert read_notes(b"") == []
    with pytest.raises(NoteMalformed):
        read_notes(f"{notes[0]}\ntext\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+c74f20a3",
        PUBLISHED_KEY.replace("c74f20a3", "c74f20a4"),
        PUBLISHED_KEY.replace("c74f20a3", "C74F20A3"),
        PUBLISHED_KEY.replace("PeterNeumann", "Peter Neumann"),
        PUBLISHED_KEY[:-4],
        "x" * 5000,
        "name+00000000+" + b64encode(b"\x07" + bytes(32)).decode(),
    ],
)
def test_a_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyMalformed):
        read_verifier(text)
    with pytest.raises(KeyMalformed):
        read_signing(text)


@pytest.mark.parametrize("name", ["", "with space", "with+plus", "line\nbreak", "x" * 256])
def test_a_name_that_no_line_can_hold_is_refused(name: str) -> None:
    with pytest.raises(KeyMalformed):
        new_key(name)


def test_a_bundle_is_read_back() -> None:
    bundle = Bundle(3, (ROOT, ROOT), signed(f"origin\n5\n{ROOT_TEXT}\n"))
    assert read_bundle(str(bundle)) == bundle


@pytest.mark.parametrize(
    "head",
    [
        "",
        "old\n",
        "old -1\n",
        "old 03\n",
        "old \u0663\n",
        f"old {2**63}\n",
        f"old {'9' * 5000}\n",
        "new 3\n",
        f"old 3\n{ROOT_TEXT[:-4]}\n",
        "old 3\n" + f"{ROOT_TEXT}\n" * 64,
    ],
)
def test_a_bundle_of_another_form_is_refused(head: str) -> None:
    with pytest.raises(BundleMalformed):
        read_bundle(f"{head}\n{signed(f'origin{chr(10)}5{chr(10)}{ROOT_TEXT}{chr(10)}')}")
    with pytest.raises(BundleMalformed):
        read_bundle(b"old 1\n" + b"x" * 3_000_000)
