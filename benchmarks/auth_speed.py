"""What does it cost to know who asks? A token checked anew, one at hand, and a key of a machine.

    .venv/bin/python -m benchmarks.auth_speed --rounds 7

The ways take turns, so that a busy machine slows all of them; medians of the rounds.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

from kvob_domain.actor import Role
from kvob_workflow import Engine
from kvob_workflow.http.auth.api_keys import ApiKeys
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.http.auth.together import Together
from kvob_workflow.machine_keys import KeyRequest
from kvob_workflow.testing import SettableClock
from tests.http.auth.login_service import TODAY, access, bearer, claims, key_set, signed

TIMES = 300
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as folder, Engine.open(f"sqlite:///{folder}/kvob.db") as engine:
        ways = _ways(engine)
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, ask in ways.items():
                begun = time.perf_counter()
                for _ in range(TIMES):
                    ask()
                taken[name].append((time.perf_counter() - begun) / TIMES * 1e6)
    for name, microseconds in taken.items():
        median, worst = statistics.median(microseconds), max(microseconds)
        print(f"{name:24} {median:8.1f} us (slowest round {worst:.1f})")


def _ways(engine: Engine) -> dict[str, Callable[[], object]]:
    clock = SettableClock(TODAY)
    ways: dict[str, Callable[[], object]] = {}
    for algorithm in ALGORITHMS:
        anew = BearerTokens(access(issuer={"remembered": 0}), clock=clock, fetch=key_set)
        headers = bearer(signed(claims(), alg=algorithm))
        ways[f"{algorithm} checked anew"] = lambda anew=anew, headers=headers: anew.mandate(headers)  # type: ignore[misc]
    tokens = BearerTokens(access(), clock=clock, fetch=key_set)
    door = Together(tokens, ApiKeys(engine))
    known = bearer(signed())
    door.mandate(known)
    ways["token at hand"] = lambda: door.at_hand(known)
    key = bearer(engine.add_api_key(KeyRequest("x", Role.WITNESS)).text)
    door.mandate(key)
    ways["key, from a file"] = lambda: door.at_hand(key)
    return ways


if __name__ == "__main__":
    main()
