"""Can any input do worse than a `KvobError`? And do the counts always add up?"""

from __future__ import annotations

import io
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from kvob_domain.errors import KvobError
from kvob_workflow.importing import ImportReport, import_rows
from kvob_workflow.importing.columns import COLUMNS
from kvob_workflow.testing import engine_in_memory

TODAY = date(2026, 11, 23)

WORDS = st.sampled_from(
    [
        *("", " ", "\0", '"', '""', '"\n', ",", ";", "\t", "\r", "\ufeff", "\x85", "\u2028", "'"),
        *("De Vendel", "de vendel", "Soest", "Aalsmeer/Uithoorn", "/", "award", "other", "AUDIT"),
        *("expiry", "2019-10-10", "2019-10", "2019", "10-10-2019", "2999", "held", "planned"),
        *(
            "negative",
            "yes",
            "derived",
            "countryside",
            "1",
            "-1",
            "https://a.nl",
            "=1+1",
            "\U0001d504",
            "é",
        ),
    ]
)
FIELDS = st.one_of(WORDS, st.lists(WORDS, max_size=3).map("".join), st.text(max_size=12))
HEADERS = st.permutations(COLUMNS).flatmap(
    lambda names: st.sampled_from([names, names[:9], [*names, "extra"]])
)
DELIMITERS = st.sampled_from([",", ";", "\t"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A header, and lines that may or may not be rows."""
    delimiter = draw(DELIMITERS)
    lines = draw(st.lists(st.lists(FIELDS, max_size=17).map(delimiter.join), max_size=12))
    return "\n".join([delimiter.join(draw(HEADERS)), *lines])


@st.composite
def likely_rows(draw: st.DrawFn) -> str:
    """Rows most of whose fields make sense."""
    columns = ("estate", "municipality", "event", "date", "source_url", "outcome", "variant")
    line = st.tuples(
        st.sampled_from(["De Vendel", "de vendel", "De Compagnie", ""]),
        st.sampled_from(["Veenendaal", "Ede/Veenendaal", "Ede", "VEENENDAAL"]),
        st.sampled_from(["award", "audit", "other", "expiry", "prize"]),
        st.sampled_from(["2019-10-10", "2019", "", "2030", "10-10-2019"]),
        st.sampled_from(["https://a.nl", "https://b.nl", ""]),
        st.sampled_from(["held", "planned", "negative", ""]),
        st.sampled_from(["estate", "", "countryside"]),
    ).map(",".join)
    return "\n".join([",".join(columns), *draw(st.lists(line, max_size=25))])


def adds_up(report: ImportReport) -> bool:
    """Whether every row ended in one way."""
    counted = report.accepted + report.remarks + report.duplicates + len(report.rejected)
    lines = [rejected.row for rejected in report.rejected]
    return counted == report.rows and lines == sorted(set(lines))


def written(report: ImportReport) -> int:
    """How many rows found something new."""
    return report.accepted + report.remarks


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"PK\x03\x04")
def test_random_bytes_give_a_report_or_a_kvob_error(content: bytes) -> None:
    header = ",".join(COLUMNS).encode()
    for data in (content, header + b"\n" + content):
        with engine_in_memory(TODAY) as engine:
            stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
            try:
                assert adds_up(import_rows(engine, stream))
            except KvobError as error:
                assert error.message("nl") != error.message("en")


@given(texts())
def test_random_rows_add_up_and_come_in_once(text: str) -> None:
    with engine_in_memory(TODAY) as engine:
        try:
            first = import_rows(engine, io.StringIO(text))
        except KvobError as error:
            assert error.message("nl")
            return
        again = import_rows(engine, io.StringIO(text))
    assert adds_up(first)
    assert adds_up(again)
    assert written(again) == 0
    assert again.as_dict()["rejected"] == first.as_dict()["rejected"]


@given(likely_rows())
def test_a_dry_run_promises_what_the_import_does(text: str) -> None:
    with engine_in_memory(TODAY) as engine:
        rehearsed = import_rows(engine, io.StringIO(text), dry_run=True)
        real = import_rows(engine, io.StringIO(text))
        again = import_rows(engine, io.StringIO(text))
    assert adds_up(real)
    assert rehearsed.as_dict() == real.as_dict()
    assert (written(again), again.rows) == (0, real.rows)
