"""How does a test look at a picture? Parsed as XML, which refuses what is not well formed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import Markup

HOSTILE = """<script>alert("1")</script> & 'quoted' " onload="x" ]]> \x00\x0b"""
LONG = "Bedrijventerrein " + "Zeer Lange Naam " * 19  # over 300 characters


@dataclass(frozen=True)
class Seen:
    """The element that holds one picture or two."""

    root: ElementTree.Element

    @property
    def pictures(self) -> list[ElementTree.Element]:
        """Every drawing."""
        return list(self.root.iter("svg"))

    @property
    def names(self) -> list[str]:
        """Every kind of element."""
        return [element.tag for element in self.root.iter()]

    @property
    def ids(self) -> list[str]:
        """Every id."""
        return [element.attrib["id"] for element in self.root.iter() if "id" in element.attrib]

    @property
    def attributes(self) -> Iterator[tuple[str, str]]:
        """Every attribute with its value."""
        for element in self.root.iter():
            yield from element.attrib.items()

    def words(self, css: str = "") -> list[str]:
        """The texts that are drawn, of the drawings with a class."""
        return [
            " ".join("".join(span.itertext()) for span in text.iter("tspan"))
            for drawing in self.pictures
            if css in drawing.attrib["class"]
            for text in drawing.iter("text")
        ]

    def titles(self) -> list[str]:
        """What is told of a picture and of what stands in it."""
        return [title.text or "" for title in self.root.iter("title")]

    def with_class(self, css: str) -> list[ElementTree.Element]:
        """The elements that have a class."""
        found = self.root.iter()
        return [one for one in found if css in one.attrib.get("class", "").split()]


def seen(*drawn: Markup) -> Seen:
    """Pictures as they stand on one page."""
    return Seen(ElementTree.fromstring(f"<main>{''.join(drawn)}</main>"))


def complaints(page: Seen) -> list[str]:
    """What no picture may have or lack."""
    found = [f"twice the id {one}" for one in set(page.ids) if page.ids.count(one) > 1]
    found += [
        f"the attribute {key}"
        for key, _ in page.attributes
        if key == "style" or key.lower().startswith("on")
    ]
    found += [f"an element {name}" for name in page.names if name in ("script", "style", "image")]
    for picture in page.pictures:
        title, description = picture.find("title"), picture.find("desc")
        if title is None or not title.text or description is None or not description.text:
            found.append("no title or description")
        elif picture.attrib["aria-labelledby"] != title.attrib["id"]:
            found.append("the title is not its name")
        has_links = picture.find(".//a") is not None
        if picture.attrib["role"] != ("group" if has_links else "img"):
            found.append("the wrong role")
        if "viewBox" not in picture.attrib:
            found.append("no shape")
    return found
