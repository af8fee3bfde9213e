"""Do the pages say what the code does? Generated tables are compared, examples are run."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kvob_domain import catalogue
from kvob_workflow.events.catalogue import event_table

ROOT = Path(__file__).parents[2]
TABLES: dict[str, Callable[[], str]] = {
    "diagrams": catalogue.diagrams,
    "commands": catalogue.command_table,
    "events": event_table,
    "requirements": catalogue.requirement_table,
    "rules": catalogue.rule_table,
    "rights": catalogue.rights_table,
}


@pytest.mark.parametrize("name", TABLES)
def test_the_domain_page_holds_the_table_that_the_code_gives(name: str) -> None:
    page = (ROOT / "domain" / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- end -->", page, flags=re.DOTALL)
    assert found is not None
    assert found.group(1) == TABLES[name](), f"replace the part '{name}' of domain/README.md"


def test_the_first_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    example, shown = _example_and_output(page)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == shown.strip()


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("domain/decisions/*.md")]
    assert len(pages) > 10
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def _example_and_output(page: str) -> tuple[str, str]:
    found = re.search(r"```python\n(.*?)```\s+```text\n(.*?)```", page, flags=re.DOTALL)
    assert found is not None, "the README begins with an example and what it prints"
    return found.group(1), found.group(2)


def test_the_example_of_a_hosts_own_projection_and_effect_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "kvob_workflow" / "followers" / "README.md").read_text(encoding="utf-8")
    example, shown = _example_and_output(page)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "followers/README.md", "exec"), {"__name__": "example"})
    assert capsys.readouterr().out.strip() == shown.strip()


def test_every_test_that_the_page_of_tests_names_is_there() -> None:
    page = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", page)
    assert len(named) >= 10
    for file, test in named:
        source = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"tests/README.md names {file}::{test}"
