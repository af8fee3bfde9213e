"""Do the tests run against the code that they are meant for: the tree, or the installed wheel?"""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest


@pytest.mark.parametrize("package", ["kvob_domain", "kvob_projections", "kvob_workflow"])
def test_the_package_comes_from_where_the_run_says(package: str, root: Path) -> None:
    file = importlib.import_module(package).__file__
    assert file is not None
    from_wheel = "site-packages" in Path(file).parts
    # .ci/run sets the variable for the tests that it repeats against the wheel.
    assert from_wheel == (os.environ.get("KVOB_TESTED") == "wheel")
    assert from_wheel or Path(file).is_relative_to(root)
