"""Which commands speak for the public register? `kvob certificate`: status, statement, QR code."""

from __future__ import annotations

import secrets
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole

if TYPE_CHECKING:
    from datetime import datetime

    from kvob_domain.ids import EstateId
    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.statements import PublicKey, RegisterKeys

_HOURS: Final = 24


@entrance(
    "certificate status",
    Text("Is dit certificaat geldig op een dag?", "Is this certificate valid on a day?"),
    Section.LOOK,
    about=Text(
        "Zonder --on vandaag. 'Onbekend' is geen nee. Het antwoord noemt geen personen.",
        "Without --on today. 'Unknown' is not a no. The answer names no persons.",
    ),
)
def status(desk: Desk, which: str, *, on: date | None = None, known_at: str | None = None) -> None:
    """The answer of the register about one certificate, or about the one that an estate holds."""
    from kvob_workflow.cli.screens.certificates import draw_status

    engine = desk.reading_engine
    estate, version = _asked(engine, which)
    found = engine.certificate_status(estate, on, _instant(engine, known_at), certificate=version)
    desk.give(found, lambda screen: draw_status(screen, found))


@entrance(
    "certificate statement",
    Text("De status, ondertekend", "The status, signed"),
    Section.LOOK,
    about=Text(
        "Een regel tekst (JWS) die iedereen met de openbare sleutel zonder verbinding controleert. "
        "Neemt de sleutel uit KVOB_REGISTER_KEY.",
        "One line of text (JWS) that anybody with the public key checks without a connection. "
        "Takes the key from KVOB_REGISTER_KEY.",
    ),
)
def statement(
    desk: Desk,
    which: str,
    *,
    on: date | None = None,
    known_at: str | None = None,
    hours: int | None = None,
    output: str | None = None,
    yes: bool = False,
) -> None:
    """The signed statement, on the output or in a file."""
    keys, engine = _keys(desk), desk.reading_engine
    estate, version = _asked(engine, which)
    text = engine.certificate_statement(
        estate,
        keys,
        on,
        _instant(engine, known_at),
        certificate=version,
        valid_for=_term(_HOURS if hours is None else hours),
    )
    if output is not None and output != STANDARD_OUTPUT:
        write_whole(output, (f"{text}\n".encode(),), replace=yes)
        desk.give({"output": output}, lambda screen: screen.whole(output))
    else:
        desk.give({"statement": text}, lambda screen: print(text))


@entrance(
    "certificate verify",
    Text("Een ondertekende verklaring controleren", "Check a signed statement"),
    Section.LOOK,
    about=Text(
        "Opent geen opslag. Haal de openbare sleutels bij het register zelf, niet bij wie de "
        "verklaring gaf. Eindigt met 3 als zij niet van het register is of niet meer geldt.",
        "Opens no store. Fetch the public keys from the register itself, not from who gave the "
        "statement. Ends with 3 when it is not the register's or no longer holds.",
    ),
)
def verify(desk: Desk, file: str, *, key: tuple[str, ...] = ()) -> None:
    """What a statement says, when it is the register's and still holds."""
    from kvob_workflow.cli.commands.proofs import read_file
    from kvob_workflow.cli.screens.certificates import draw_statement
    from kvob_workflow.clock import SystemClock
    from kvob_workflow.statements import read_statement
    from kvob_workflow.statements.statement import LONGEST_TEXT

    keys = _public(desk, key)
    said = read_statement(read_file(file, LONGEST_TEXT), keys, SystemClock().now())
    desk.give(said, lambda screen: draw_statement(screen, said))


@entrance(
    "certificate qr",
    Text("De QR-code voor op een certificaat", "The QR code for a printed certificate"),
    Section.LOOK,
    about=Text(
        "Leidt naar de bladzijde van het certificaat in het register (KVOB_REGISTER_ADDRESS). Er "
        "staat niets van het certificaat zelf in.",
        "Leads to the certificate's page in the register (KVOB_REGISTER_ADDRESS). It holds nothing "
        "of the certificate itself.",
    ),
)
def qr(
    desk: Desk,
    which: str,
    *,
    picture: str | None = None,
    address: str | None = None,
    output: str | None = None,
    yes: bool = False,
) -> None:
    """SVG or PNG, in a file or on the output; the words that stand for it beside it."""
    from kvob_workflow.cli.option_choices import chosen
    from kvob_workflow.engine.certified import CertificateNotFound
    from kvob_workflow.statements.qr import Picture, qr_code, text_alternative

    engine = desk.reading_engine
    estate, version = _asked(engine, which)
    found = engine.certificate_status(estate, certificate=version)
    if found.certificate_id is None:
        raise CertificateNotFound(which)
    home = address or desk.settings.register_address or ""
    kind = chosen("--picture", picture or Picture.SVG.value, Picture)
    drawn = qr_code(home, found.certificate_id, kind, desk.language)
    words = text_alternative(home, found.certificate_id, desk.language)
    if output is None or output == STANDARD_OUTPUT:
        desk.say(words, words)
        sys.stdout.flush()
        sys.stdout.buffer.write(drawn)
        return
    write_whole(output, (drawn,), replace=yes)
    document = {"output": output, "text_alternative": words}
    desk.give(document, lambda screen: screen.line(words))


@entrance(
    "certificate init",
    Text("De sleutel van het register maken", "Make the key of the register"),
    Section.KEEP,
    about=Text(
        "Een nieuw bestand dat alleen zijn eigenaar leest. Publiceer wat 'kvob certificate keys' "
        "geeft.",
        "A new file that its owner alone reads. Publish what 'kvob certificate keys' gives.",
    ),
)
def init(desk: Desk, file: str, *, installation: str | None = None) -> None:
    """A new key; the public keys on the output."""
    from kvob_workflow.statements import make_keys

    keys = make_keys(Path(file), f"kvob/{installation or secrets.token_hex(4)}")
    desk.say(f"Gemaakt: {file}. De openbare sleutels:", f"Made: {file}. The public keys:")
    _give_public(desk, keys)


@entrance(
    "certificate keys",
    Text("De openbare sleutels van het register", "The public keys of the register"),
    Section.KEEP,
)
def keys(desk: Desk) -> None:
    """The JWK Set to publish."""
    _give_public(desk, _keys(desk))


@entrance(
    "certificate rotate",
    Text("Een nieuwe sleutel voor het register", "A new key for the register"),
    Section.KEEP,
    about=Text(
        "De oude openbare sleutel blijft in de lijst, zodat eerdere verklaringen controleerbaar "
        "blijven. Publiceer de lijst opnieuw.",
        "The old public key stays in the list, so that earlier statements stay checkable. Publish "
        "the list anew.",
    ),
)
def rotate(desk: Desk, file: str | None = None) -> None:
    """A new key in the place of the old one; the public keys on the output."""
    from kvob_workflow.statements import rotate_keys
    from kvob_workflow.statements.errors import RegisterKeyNotSet

    path = file or desk.settings.register_key
    if path is None:
        raise RegisterKeyNotSet
    _give_public(desk, rotate_keys(Path(path)))


ENTRANCES: Final = (status, statement, verify, qr, init, keys, rotate)
"""In the order of the help page."""


def _asked(engine: Engine, which: str) -> tuple[EstateId, int | None]:
    """The certificate with this id, or the one that this estate holds."""
    from kvob_domain.ids import CertificateIdMalformed, parse_certificate_id

    try:
        found = parse_certificate_id(which.strip())
    except CertificateIdMalformed:
        return engine.find(which), None
    return found.estate, found.version


def _instant(engine: Engine, text: str | None) -> datetime | None:
    return None if text is None else engine.instant(text)


def _term(hours: int) -> timedelta:
    from kvob_workflow.statements.errors import StatementTermInvalid
    from kvob_workflow.statements.statement import LONGEST

    try:
        return timedelta(hours=hours)
    except OverflowError:
        raise StatementTermInvalid(LONGEST.days) from None


def _keys(desk: Desk) -> RegisterKeys:
    from kvob_workflow.statements import read_keys
    from kvob_workflow.statements.errors import RegisterKeyNotSet

    path = desk.settings.register_key
    if path is None:
        raise RegisterKeyNotSet
    return read_keys(Path(path))


def _public(desk: Desk, files: tuple[str, ...]) -> tuple[PublicKey, ...]:
    from kvob_workflow.cli.commands.proofs import read_file
    from kvob_workflow.statements import read_public
    from kvob_workflow.statements.keys import LONGEST_FILE

    if not files:
        return _keys(desk).all_public
    return tuple(one for file in files for one in read_public(read_file(file, LONGEST_FILE)))


def _give_public(desk: Desk, keys: RegisterKeys) -> None:
    import json

    text = json.dumps(keys.jwks, indent=2)
    desk.give(keys.jwks, lambda screen: print(text))
