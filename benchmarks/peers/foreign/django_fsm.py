"""How does a plain Django model do the job? A state field of django-fsm-2 and a row of history."""

from __future__ import annotations

import sqlite3
from importlib.metadata import version
from pathlib import Path
from time import perf_counter_ns

import django
from django.conf import settings

from benchmarks.peers.durable_file import durable_file
from benchmarks.peers.job import BEFORE, ENTERED, STEPS, Found, Place, Timing
from benchmarks.peers.protocol import serve


class Django:
    """One model with a transition for each step, and one of what was done."""

    def open(self, place: Place) -> None:
        """SQLite through Django's own backend, with its tables made when they are missing."""
        path = Path(place.folder) / "django.db"
        durable_file(path)
        self._texts = place.texts
        settings.configure(
            DATABASES={
                "default": {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": str(path),
                    "OPTIONS": {
                        "init_command": "PRAGMA synchronous=FULL",
                        "transaction_mode": "IMMEDIATE",
                    },
                }
            },
            INSTALLED_APPS=[],
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            DEBUG=False,
        )
        django.setup()
        self._models()
        from django.db import connection

        self._connection = connection
        missing = set(connection.introspection.table_names())
        with connection.schema_editor() as editor:
            for model in (self._estate, self._history):
                if model._meta.db_table not in missing:
                    editor.create_model(model)

    def _models(self) -> None:
        from django.db import models
        from django_fsm import FSMField, transition

        class Estate(models.Model):
            id = models.CharField(primary_key=True, max_length=32)
            stands = FSMField(default=ENTERED, protected=True)

            class Meta:
                app_label = "peers"

        class History(models.Model):
            estate = models.ForeignKey(Estate, on_delete=models.PROTECT)
            step = models.CharField(max_length=20)
            text = models.TextField()
            at = models.DateTimeField(auto_now_add=True)

            class Meta:
                app_label = "peers"

        for step in STEPS:

            def taken(estate: Estate) -> None:
                del estate

            taken.__name__ = f"take_{step}"
            decorate = transition(field=Estate.stands.field, source=BEFORE[step], target=step)
            setattr(Estate, taken.__name__, decorate(taken))
        self._estate, self._history = Estate, History

    def facts(self) -> dict[str, str]:
        """Versions and durability."""
        with self._connection.cursor() as cursor:
            told = [
                f"{name}={cursor.execute(f'PRAGMA {name}').fetchone()[0]}"
                for name in ("journal_mode", "synchronous")
            ]
        return {
            "django": version("django"),
            "django-fsm-2": version("django-fsm-2"),
            "SQLite": sqlite3.sqlite_version,
            "connection": ", ".join(told),
        }

    def refuse(self, estate: str) -> str:
        """By django-fsm's own table of transitions."""
        self._estate.objects.create(id=estate)
        try:
            self._take(estate, "evaluation", "")
        except Exception as refusal:
            return f"{type(refusal).__name__}: {refusal}"
        return ""

    def walk(self, estate: str) -> Timing:
        """A transaction a step: read the row, transition, save, add the row of history."""
        timing = Timing()
        began = perf_counter_ns()
        self._estate.objects.create(id=estate)
        last = perf_counter_ns()
        for step, text in zip(STEPS, self._texts, strict=True):
            self._take(estate, step, text)
            now = perf_counter_ns()
            timing.steps.append(now - last)
            last = now
        timing.total = last - began
        return timing

    def look(self, estate: str) -> Found:
        """The row, and its history in order."""
        rows = self._history.objects.filter(estate_id=estate).order_by("id")
        stands = self._estate.objects.get(id=estate).stands
        return Found(stands, tuple(row.text for row in rows))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _take(self, estate: str, step: str, text: str) -> None:
        from django.db import transaction

        with transaction.atomic():
            row = self._estate.objects.get(id=estate)
            getattr(row, f"take_{step}")()
            row.save(update_fields=["stands"])
            self._history.objects.create(estate_id=estate, step=step, text=text)


if __name__ == "__main__":
    serve(Django())
