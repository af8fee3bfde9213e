"""Who are the peers? Where each keeps its data, and what it does more or less than we do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.peers.servers import Kind

OURS: Final = "kvob-sqlite"
OURS_ON_POSTGRES: Final = "kvob-postgres"


@dataclass(frozen=True, slots=True)
class Peer:
    """One side of the comparison.

    `environment` names its pins; empty for ours, which runs where the harness runs. `against` is
    the side of ours that it is compared with.
    """

    name: str
    label: str
    store: str
    adapter: str
    environment: str = ""
    server: Kind = ""
    schema: str = ""
    against: str = OURS
    notes: str = ""
    seconds_each: float = 60.0
    is_floor: bool = False


_WE_DO = (
    "Eight commands: registering and the seven steps. Every rule of the scheme is asked, the view"
    " rows (board, register, deadlines, measures), the name guard and the command id are written"
    " in the same transaction. The nine pieces of evidence that the rules demand between the"
    " steps are commands too; they are outside the clock here and inside in the row below."
)
_BARE = (
    "Stores the event and nothing else: no rules but a table of moves, no views, no command id,"
    " no deadlines. Reads the estate's events at every command; we keep its state at hand."
)
_DBOS = (
    "One workflow for a life and its seven steps straight after one another, the fastest that"
    " DBOS has; steps that wait for somebody outside (send and recv) cost more. Start and end"
    " of the workflow are two writes more. No rules, no views; order is that of the code, so"
    " nothing can be refused. Adds recovery of running code, which we do not have."
)
PEERS: Final = (
    Peer(OURS, "kvob_workflow", "SQLite", "adapters.ours", notes=_WE_DO),
    Peer(
        "raw-sqlite",
        "raw sqlite3, the floor",
        "SQLite",
        "adapters.raw_sqlite",
        notes="Eight insertions of the same texts and nothing else: what the disk and SQLite take"
        " of everybody's time. No peer, and not a store that one could use.",
        is_floor=True,
    ),
    Peer(
        "eventsourcing-sqlite",
        "eventsourcing",
        "SQLite",
        "adapters.bare_eventsourcing",
        "eventsourcing",
        notes=_BARE,
    ),
    Peer(
        "django-sqlite",
        "Django + django-fsm-2",
        "SQLite",
        "foreign.django_fsm",
        "django",
        notes="A row with a state field, and a row of history, in one transaction a step. The"
        " table of moves is checked; there are no other rules, views, deadlines or command ids."
        " Set to synchronous=FULL, WAL and BEGIN IMMEDIATE, which is faster than its defaults.",
    ),
    Peer(
        "dbos-sqlite",
        "DBOS",
        "SQLite",
        "foreign.dbos_workflow",
        "dbos",
        notes=_DBOS
        + " Its file is given a write-ahead log, which is faster than the mode it takes itself.",
    ),
    Peer(
        "spiffworkflow",
        "SpiffWorkflow",
        "SQLite",
        "foreign.spiffworkflow",
        "spiffworkflow",
        notes="A BPMN process of seven manual tasks; after each the whole serialised instance"
        " replaces the one before in SQLite, since the library has no store of its own: there is"
        " no history but the instance. A task that is not ready cannot be completed.",
    ),
    Peer(
        "protean",
        "Protean",
        "SQLite",
        "foreign.protean_aggregate",
        "protean",
        notes="An aggregate and its repository on SQLAlchemy. Its durable event store needs"
        " another server, so only the state row is durable, with the texts in it; order is"
        " checked by an invariant of the aggregate.",
    ),
    Peer(
        "temporal",
        "Temporal development server",
        "SQLite",
        "foreign.temporal_workflow",
        "temporal",
        "temporal",
        notes="One workflow and seven activities, each scheduled, started and completed through"
        " the server over gRPC, worker in the adapter's process. It is the development server, not"
        " a cluster. No rules, no views; order is that of the code. Adds timers, retries and"
        " workers on other machines.",
        seconds_each=90.0,
    ),
    Peer(
        "umadb",
        "UmaDB",
        "own file",
        "foreign.umadb_events",
        "umadb",
        "umadb",
        notes="A conditional append over gRPC for each step, with the estate's tag; the adapter"
        " reads the estate's events first, as a decision must. It is an event store: no rules, no"
        " views. Made for many clients whose appends share a sync; this is one client.",
    ),
    Peer(
        "restate",
        "Restate",
        "RocksDB",
        "foreign.restate_object",
        "restate",
        "restate",
        notes="A virtual object; one invocation with seven journaled runs, server and handler on"
        " loopback. No rules, no views; order is that of the code. What the server syncs and when"
        " is its own; see the settings below.",
        seconds_each=90.0,
    ),
    Peer(
        OURS_ON_POSTGRES,
        "kvob_workflow",
        "PostgreSQL",
        "adapters.ours",
        server="postgres",
        schema="kvob",
        against=OURS_ON_POSTGRES,
        notes="As on SQLite; one call to the server a command.",
    ),
    Peer(
        "eventsourcing-postgres",
        "eventsourcing",
        "PostgreSQL",
        "adapters.bare_eventsourcing",
        "eventsourcing",
        "postgres",
        against=OURS_ON_POSTGRES,
        notes=_BARE,
    ),
    Peer(
        "dbos-postgres",
        "DBOS",
        "PostgreSQL",
        "foreign.dbos_workflow",
        "dbos",
        "postgres",
        against=OURS_ON_POSTGRES,
        notes=_DBOS,
    ),
)
BY_NAME: Final = {peer.name: peer for peer in PEERS}
