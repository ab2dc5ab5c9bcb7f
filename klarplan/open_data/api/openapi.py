"""The description of the API (OpenAPI 3.1): files that are read with GET, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.open_data.data_package import licence_of
from klarplan.strategy.addresses import API, on_web, table_name
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.load import Loaded
from klarplan.words.catalogue import Words

VERSION = "1.0.0"
"""The version of the API: ``v1`` in its address stays while programs need not change."""


def openapi(loaded: Loaded, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """The whole description, with the schemas of what is answered."""
    settings, words = loaded.strategy.settings, loaded.strategy.words
    licence = licence_of(settings)
    contact = {"name": settings.contact_name or settings.municipality}
    if settings.contact_email:
        contact["email"] = settings.contact_email
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words("data.api.title", strategy=settings.title),
            "description": words("data.api.text"),
            "version": VERSION,
            "license": {"name": licence["title"], "url": licence["path"]},
            "contact": contact,
        },
        # Without an address of the site, one relative to this file (RFC 3986).
        "servers": [{"url": on_web(settings.site_url, API.rstrip("/")) or "."}],
        "paths": _paths(loaded),
        "components": {"schemas": dict(schemas)},
    }


def _paths(loaded: Loaded) -> dict[str, Any]:
    words = loaded.strategy.words
    paths: dict[str, Any] = {}
    for name in loaded.strategy.tables:
        schema = loaded.descriptor.tables[name]
        place = table_name(schema.path)
        told = words("data.api.list", table=schema.title)
        paths[f"/{place}.json"] = {
            "get": _read(words, f"list_{place}", told, f"{place}-list", "200")
        }
        if name in ROW_CHAPTERS:
            told = words("data.api.detail", table=schema.title)
            paths[f"/{place}/{{id}}.json"] = {
                "parameters": [
                    {
                        "name": "id",
                        "in": "path",
                        "required": True,
                        "description": words("data.api.id"),
                        "schema": {"type": "string"},
                    }
                ],
                "get": _read(words, f"read_{place}", told, f"{place}-detail", "200", "404"),
            }
    return paths


def _read(words: Words, operation: str, summary: str, schema: str, *codes: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers = {
        "200": {"description": words("data.api.found"), "content": content},
        "404": {"description": words("data.api.not_found")},
    }
    return {
        "operationId": operation,
        "summary": summary,
        "responses": {code: answers[code] for code in codes},
    }
