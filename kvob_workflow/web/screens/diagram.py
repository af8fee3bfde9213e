"""Declared below."""

from typing import Final

from kvob_workflow.web.routing import Screens

SCREENS: Final = Screens("diagram")
