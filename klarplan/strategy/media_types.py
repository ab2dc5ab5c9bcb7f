"""What the files of a site are called in the protocols of the web: media types by ending."""

from __future__ import annotations

from collections.abc import Mapping

MEDIA_TYPES: Mapping[str, str] = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "css": "text/css",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "geojson": "application/geo+json",
    "gif": "image/gif",
    "html": "text/html",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rdf": "application/rdf+xml",
    "svg": "image/svg+xml",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "webm": "video/webm",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
"""By the ending of a file, as IANA lists them (YAML: RFC 9512, JavaScript: RFC 9239)."""

UNKNOWN = "application/octet-stream"
"""The type of what is only to be fetched, such as the pieces of the search's index."""


def media_type(file: str) -> str:
    """The media type of a file, by its ending."""
    return MEDIA_TYPES.get(file.rpartition(".")[2].lower(), UNKNOWN)


def is_text(kind: str) -> bool:
    """Whether files of this media type are text, which compression makes much smaller."""
    return kind.startswith("text/") or kind.endswith(("xml", "json", "yaml"))
