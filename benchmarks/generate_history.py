"""What does a big history look like? Invented estates with four to nine facts each.

    python -m benchmarks.generate_history --estates 100000 history.csv

The same seed gives the same file. Rows of one estate stand together, as a register exports
them; `--shuffle` puts all rows in a random order. Names, places and sources are invented; the
mix of events, precisions and filled columns follows `kvob_workflow/sample/kvo_cases.csv`.
"""

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

COLUMNS: Final = (
    *("estate", "municipality", "event", "date", "outcome", "level", "valid_to", "variant"),
    *("group", "date_basis", "parties", "certifier", "source_url", "note"),
)
SEED: Final = 20031001

_MUNICIPALITIES: Final = 342  # as many as the Netherlands have had since 2023
_FIRST = ("Noorder", "Zuider", "Ooster", "Wester", "Boven", "Beneden", "Oude ", "Nieuwe ", "Hoge ")
_SECOND = ("haven", "veld", "kamp", "broek", "akker", "hoek", "poort", "weide", "dijk", "sluis")
_PLACES = ("dam", "drecht", "hoven", "lo", "um", "wijk", "burg", "meer", "zijl", "rode")
_LEVELS = ("Basis Samenwerken", "Continu Samenwerken")
_FIRST_CYCLE = ("kickoff", "intent_declaration", "inventory", "action_plan", "covenant", "audit")
_STEPS_APART = timedelta(days=75)


def main() -> None:
    """Write a history to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--estates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("path", type=Path)
    asked = parser.parse_args()
    count = write_history(asked.path, asked.estates, seed=asked.seed, shuffle=asked.shuffle)
    print(f"{count:,} rows")


def write_history(path: Path, estates: int, *, seed: int = SEED, shuffle: bool = False) -> int:
    """Write a history of so many estates; answer the number of rows."""
    dice = random.Random(seed)
    rows: Iterator[list[str]] = (row for number in range(estates) for row in _estate(number, dice))
    if shuffle:
        listed = list(rows)
        dice.shuffle(listed)
        rows = iter(listed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        count = 0
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _estate(number: int, dice: random.Random) -> Iterator[list[str]]:
    place = number % _MUNICIPALITIES
    municipality = f"{_FIRST[place % 9].strip()}{_PLACES[place // 9 % 10]} {place}"
    name = f"{_FIRST[number % 9]}{_SECOND[number // 9 % 10]} {number // 90}"
    parties = f"gemeente {municipality};politie;brandweer;ondernemersvereniging {name}"
    source = f"https://{place}.example.nl/nieuws/keurmerk-veilig-ondernemen-{number}"
    for event, day in _facts(dice):
        written = _written(day, dice)
        certificate = event in ("award", "recertification")
        level = _LEVELS[event == "recertification"] if certificate else ""
        yield [
            name,
            municipality,
            event,
            written,
            "" if event == "expiry" else "positive" if event == "audit" else "held",
            level if dice.random() < 0.6 else "",
            "",
            "estate",
            "",
            "stated" if written else "",
            parties if event in ("intent_declaration", "covenant", "award") else "",
            "Kiwa" if event == "audit" or certificate else "",
            source if dice.random() < 0.9 else f"{source}/later",
            "evaluation every year; new audit after three years" if dice.random() < 0.2 else "",
        ]


def _facts(dice: random.Random) -> Iterator[tuple[str, date]]:
    """A first cycle of which the sources know a part, then renewals, at times late."""
    wanted = dice.randint(4, 9)
    day = date(2003, 10, 1) + timedelta(days=dice.randrange(3800))
    known = sorted(dice.sample(range(len(_FIRST_CYCLE)), min(wanted - 1, dice.randint(2, 6))))
    events = [*(_FIRST_CYCLE[index] for index in known), "award"]
    for event in events:
        yield event, day
        day += _STEPS_APART
    after = ("evaluation", "recertification", "expiry")
    for index in range(wanted - len(events)):
        day += timedelta(days=dice.randint(300, 600))
        yield after[index % 3], day


def _written(day: date, dice: random.Random) -> str:
    """The day as sources give it: mostly exact, else a month, a year, or not at all."""
    roll = dice.random()
    text = day.isoformat()
    return text if roll < 0.7 else text[:7] if roll < 0.85 else text[:4] if roll < 0.95 else ""


if __name__ == "__main__":
    main()
