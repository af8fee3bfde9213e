"""Is the file with channels and recipients understood, and is every mistake in it named?"""

from __future__ import annotations

from pathlib import Path

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_workflow.notices import (
    CommandNotifier,
    LogNotifier,
    MailNotifier,
    NoticesFileInvalid,
    NoticesFileUnreadable,
    Recipient,
    read_notices_file,
)

WHOLE = """
[log]

[command]
run = ["/usr/local/bin/notify", "--quiet"]
timeout_seconds = 10

[mail]
host = "smtp.example.org"
from = "kvob@example.org"
security = "starttls"
user = "kvob"
password_variable = "MAIL_PASSWORD"

[[recipient]]
organisation = "Gemeente Voorbeeldstad"
address = "veiligheid@example.org"

[[recipient]]
organisation = "Keurders bv"
address = "post@example.net"
language = "en"
municipalities = ["Elders"]
kinds = ["expiry", "reminder"]
everything = true
"""
MAIL = '[mail]\nhost = "h"\nfrom = "a@b"\n[[recipient]]\norganisation = "O"\naddress = "c@d"\n'

LOGIN = '[mail]\nuser = "u"\npassword_variable = "P"'


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "notices.toml"
    path.write_text(text, "utf-8")
    return str(path)


def mistake(tmp_path: Path, text: str) -> NoticesFileInvalid:
    with pytest.raises(NoticesFileInvalid) as refused:
        read_notices_file(written(tmp_path, text))
    assert refused.value.message("nl") != refused.value.message("en")
    return refused.value


def test_channels_and_recipients_are_read(tmp_path: Path) -> None:
    file = written(tmp_path, WHOLE)
    config = read_notices_file(file)
    log, command, mail = config.notifiers(file, {"MAIL_PASSWORD": "secret"})
    assert isinstance(log, LogNotifier)
    assert isinstance(command, CommandNotifier)
    assert isinstance(mail, MailNotifier)
    assert (mail.port, mail.password, mail.sender) == (587, "secret", "kvob@example.org")
    assert config.recipients() == (
        Recipient("Gemeente Voorbeeldstad", "veiligheid@example.org"),
        Recipient(
            "Keurders bv",
            "post@example.net",
            "en",
            ("Elders",),
            (DeadlineKind.EXPIRY, DeadlineKind.REMINDER),
            everything=True,
        ),
    )
    assert config.timeout_seconds == 90


def test_a_log_alone_is_enough(tmp_path: Path) -> None:
    config = read_notices_file(written(tmp_path, "[log]"))
    assert len(config.notifiers("f", {})) == 1
    assert config.recipients() == ()


def test_the_usual_port_depends_on_the_security(tmp_path: Path) -> None:
    for extra, port in (("", 25), ('security = "tls"', 465), ("port = 2525", 2525)):
        text = MAIL.replace("[mail]\n", f"[mail]\n{extra}\n")
        (mail,) = read_notices_file(written(tmp_path, text)).notifiers("f", {})
        assert isinstance(mail, MailNotifier)
        assert mail.port == port


@pytest.mark.parametrize(
    ("text", "key", "says"),
    [
        ("", "TOML", "no channel"),
        ("[log]\nlevel = 1", "log.level", "no such key"),
        ("[command]", "command.run", "missing"),
        ("[command]\nrun = []", "command.run", "another form"),
        ("[command]\nrun = 'x'", "command.run", "another form"),
        ("[command]\nrun = ['x']\ntimeout_seconds = 0", "command.timeout_seconds", "another form"),
        ('[mail]\nhost = "h"\nfrom = "a@b"', "TOML", "every [[recipient]] needs an address"),
        (MAIL + '[[recipient]]\norganisation = "P"', "TOML", "needs an address"),
        (MAIL + '[[recipient]]\norganisation = "o"\naddress = "c@d"', "TOML", "join them"),
        (MAIL.replace('"c@d"', '"c@d, e@f"'), "recipient[1].address", "no e-mail address"),
        (MAIL.replace('"c@d"', '"c,e@f"'), "recipient[1]", "no e-mail address"),
        (MAIL.replace('"c@d"', '"c@d\\nBcc: e@f"'), "recipient[1].address", "no e-mail address"),
        (MAIL.replace('"a@b"', '"José@b"'), "mail.from", "no e-mail address"),
        (MAIL.replace("[mail]", '[mail]\nsecurity = "ssl"'), "mail.security", "'starttls'"),
        (MAIL.replace("[mail]", '[mail]\nuser = "u"'), "mail", "belong together"),
        (MAIL.replace("[mail]", LOGIN), "mail", "choose security = starttls or tls"),
        (MAIL.replace("[mail]", LOGIN).replace('"h"', '"10.0.0.1"'), "mail", "starttls or tls"),
        (MAIL.replace("[mail]", "[mail]\nport = 0"), "mail.port", "another form"),
        (MAIL + 'kinds = ["expirry"]', "recipient[1].kinds[1]", "choose one of"),
        (MAIL + 'language = "fr"', "recipient[1].language", "choose one of"),
        ("[log]\n[[recipient]]\norganisation = ''", "recipient[1].organisation", "another form"),
    ],
)
def test_a_mistake_is_named_with_its_key(tmp_path: Path, text: str, key: str, says: str) -> None:
    error = mistake(tmp_path, text)
    assert error.key == key
    assert says in error.message("en")


def test_a_password_in_the_wrong_place_is_not_repeated(tmp_path: Path) -> None:
    error = mistake(tmp_path, MAIL.replace("[mail]", '[mail]\npassword = "hunter2"'))
    assert error.key == "mail.password"
    assert "hunter2" not in str(error) + repr(error)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_password_may_go_unencrypted_to_this_machine(tmp_path: Path, host: str) -> None:
    text = MAIL.replace("[mail]", LOGIN).replace('"h"', f'"{host}"')
    (mail,) = read_notices_file(written(tmp_path, text)).notifiers("f", {"P": "secret"})
    assert isinstance(mail, MailNotifier)
    assert (mail.user, mail.security) == ("u", "none")


def test_a_password_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    config = read_notices_file(written(tmp_path, WHOLE))
    with pytest.raises(NoticesFileInvalid, match=r"MAIL_PASSWORD.*is not set"):
        config.notifiers("notices.toml", {"MAIL_PASSWORD": ""})


def test_a_file_that_is_absent_or_no_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoticesFileUnreadable, match="No such file"):
        read_notices_file(str(tmp_path / "absent.toml"))
    with pytest.raises(NoticesFileUnreadable, match="at end of document"):
        read_notices_file(written(tmp_path, "[log"))
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(NoticesFileUnreadable, match="cannot be read"):
        read_notices_file(str(tmp_path / "binary.toml"))
