"""Which scheme data ships with the package? The domain parses texts; this reads the files."""

from functools import cache
from importlib.resources import files

from kvob_domain.scheme.book import SchemeBook

POLICY_FILE = "practice.toml"


@cache
def packaged_book() -> SchemeBook:
    """The editions and the practice policy that ship with the package; read once.

    Raises:
        SchemeFileInvalid: when somebody changed a file so that it cannot be used.
    """
    folder = files("kvob_domain") / "schemes"
    texts = {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    policy = texts.pop(POLICY_FILE)
    return SchemeBook.parse((texts[name] for name in sorted(texts)), policy)
