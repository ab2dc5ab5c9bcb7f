"""A graph as text, the same bytes on every system: rdflib's own order follows Python's hashes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree
from rdflib import Graph

from klarplan.strategy.addresses import CATALOGUES


def as_xml(graph: Graph) -> bytes:
    """RDF/XML, things and what is said of them in alphabetical order."""
    parser = etree.XMLParser(remove_blank_text=True)
    root = etree.fromstring(graph.serialize(format="xml", encoding="utf-8"), parser)
    for thing in root:
        thing[:] = sorted(thing, key=_xml)
    root[:] = sorted(root, key=_xml)
    etree.indent(root)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + etree.tostring(root, method="c14n") + b"\n"


def _xml(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n")


def as_turtle(graph: Graph) -> bytes:
    """Turtle, which rdflib sorts itself."""
    return graph.serialize(format="turtle", encoding="utf-8")


def as_json(graph: Graph) -> bytes:
    """JSON-LD, things and values in alphabetical order."""
    tree = _sorted(json.loads(graph.serialize(format="json-ld")))
    return (json.dumps(tree, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _sorted(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {name: _sorted(value) for name, value in tree.items()}
    if isinstance(tree, list):
        return sorted(map(_sorted, tree), key=lambda value: json.dumps(value, sort_keys=True))
    return tree


FORMS: Mapping[str, Callable[[Graph], bytes]] = {
    CATALOGUES[0]: as_xml,
    CATALOGUES[1]: as_turtle,
    CATALOGUES[2]: as_json,
}
"""The catalogue's files, each with what writes it; portals fetch the first."""
