"""Where do the keys of sessions come from? From files for their owner alone, the newest first."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import pytest

from kvob_workflow.web.sessions import SessionKeys, make_session_key
from kvob_workflow.web.sessions.errors import SessionKeyUnusable
from kvob_workflow.web.sessions.oidc import oidc_login
from kvob_workflow.web.sessions.sealing import Seal
from tests.http.auth.login_service import access


def test_a_new_key_is_for_its_owner_alone_and_replaces_none(tmp_path: Path) -> None:
    file = tmp_path / "session.key"
    make_session_key(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    with pytest.raises(SessionKeyUnusable, match="File exists"):
        make_session_key(file)
    assert file.read_text() == text
    sealed = Seal(SessionKeys.read([file]), "x").seal({"a": 1})
    assert Seal(SessionKeys.read([str(file)]), "x").open(sealed) == {"a": 1}
    assert Seal(SessionKeys.read([file]), "y").open(sealed) is None


@pytest.mark.parametrize("content", ["", "abc", "g" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n\n"])
def test_what_is_no_key_is_told_without_what_it_holds(tmp_path: Path, content: str) -> None:
    file = tmp_path / "session.key"
    file.write_text(content)
    with pytest.raises(SessionKeyUnusable) as told:
        SessionKeys.read([file])
    assert len(content) < 3 or content.strip() not in str(told.value)
    with pytest.raises(SessionKeyUnusable):
        SessionKeys.read([tmp_path / "none"])


def test_more_keys_than_are_tried_are_refused(tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(6)]
    for file in files:
        make_session_key(file)
    with pytest.raises(SessionKeyUnusable, match="5"):
        SessionKeys.read(files)
    with pytest.raises(ValueError, match="32"):
        SessionKeys([b"short"])


def test_a_key_that_everybody_can_read_is_told_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "session.key"
    make_session_key(file)
    file.chmod(0o644)
    with caplog.at_level(logging.WARNING, "kvob_workflow.security"):
        SessionKeys.read([file])
    (line,) = caplog.records
    assert "chmod 600" in line.getMessage()
    assert file.read_text().strip() not in line.getMessage()


def test_the_access_file_names_the_keys(tmp_path: Path) -> None:
    file = tmp_path / "session.key"
    table = {"client_id": "x", "session_keys": [str(file)]}
    rules = access(issuer={"address": "https://login.example"}, login=table)
    with pytest.raises(SessionKeyUnusable):
        oidc_login(rules)
    make_session_key(file)
    assert oidc_login(rules).way_out() == "/logout"
