"""How do the commands become a Cyclopts application in one language?"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from cyclopts import App, Group

from kvob_workflow.cli.entrance import Section, shared_options
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.help import HelpPage, epilogue, positional_label
from kvob_workflow.cli.namespaces import NAMESPACES
from kvob_workflow.cli.words import ABOUT, SCREEN_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kvob_domain.words import Language
    from kvob_workflow.cli.entrance import Entrance, Values
    from kvob_workflow.cli.options import Option

    Serve = Callable[[Entrance, Values], ExitCode]


def build(
    entrances: Iterable[Entrance], language: Language, serve: Serve, asked: Sequence[str] | None
) -> App:
    """The application. `serve` carries out a command with the values given.

    Options are worked out only for commands that one of the words `asked` can mean; None asks
    for all of them.
    """
    root = _app("kvob", ABOUT.of(language), language)
    root.help_epilogue = epilogue(language, shared_options())
    groups = {section: _group(section, language) for section in Section}
    spaces: dict[str, App] = {}
    for rank, entrance in enumerate(entrances):
        home = root
        for name in entrance.path[:-1]:
            if name not in spaces:
                title, section = NAMESPACES[name]
                spaces[name] = _app(name, title.of(language), language)
                spaces[name].group = groups[Section(section)]
                spaces[name].sort_key = rank
                root.command(spaces[name])
            home = spaces[name]
        wanted = asked is None or entrance.path[-1] in asked
        function = _function(entrance, language, serve) if wanted else _never
        home.command(
            function,
            name=entrance.path[-1],
            help=_explanation(entrance, language),
            usage=_usage(entrance, language) if wanted else "",
            help_epilogue="",
            sort_key=rank,
            group=groups[entrance.section],
        )
    return root


def _app(name: str, explanation: str, language: Language) -> App:
    word = SCREEN_WORDS["usage_command"].of(language)
    path = name if name == "kvob" else f"kvob {name}"
    app = App(
        name=name,
        help=explanation,
        usage=f"{path} {word}",
        help_flags=("--help", "-h"),
        version_flags=(),
        help_format="plaintext",
        help_formatter=HelpPage(language),
        exit_on_error=False,
        print_error=False,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
        help_epilogue="",
    )
    # HelpPage writes the line about --help itself, in the language and at the end.
    app["--help"].show = False
    return app


def _group(section: Section, language: Language) -> Group:
    return Group(section.words.of(language), sort_key=int(section))


def _explanation(entrance: Entrance, language: Language) -> str:
    title = entrance.title.of(language)
    return f"{title}\n\n{entrance.about.of(language)}" if entrance.about else title


def _usage(entrance: Entrance, language: Language) -> str:
    names = [_argument(option, language) for option in entrance.options() if option.positional]
    options = SCREEN_WORDS["usage_options"].of(language)
    return " ".join(("kvob", *entrance.path, *names, options))


def _argument(option: Option, language: Language) -> str:
    """An argument in the line that says how to call it; in brackets where it may be left out."""
    label = positional_label(option.flags[0].lstrip("-"), language)
    if option.kind == "texts":
        label += "..."
    return label if option.demanded or option.required else f"[{label}]"


def _never() -> None:
    """Stands in for a command that was not asked for."""


def _function(entrance: Entrance, language: Language, serve: Serve) -> Callable[..., ExitCode]:
    """A function with the signature that Cyclopts reads the options from."""
    options = (*entrance.options(), *shared_options())
    names = {option.identifier: option.key for option in options}

    def call(*positional: object, **given: object) -> ExitCode:
        bound = signature.bind(*positional, **given)
        return serve(entrance, {names[key]: value for key, value in bound.arguments.items()})

    signature = inspect.Signature([option.parameter(language) for option in options])
    call.__signature__ = signature  # type: ignore[attr-defined]  # pyright: ignore
    call.__name__ = "_".join(entrance.path)
    return call
