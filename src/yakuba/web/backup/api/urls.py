"""Addresses of the receiving door: not found among those of the screens, because it has a listener of its own."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from yakuba.web.backup.api import operations

PREFIX = "link/v1/"


class Number(StringConverter):
    """Number of an entry, eight digits."""

    regex = "[0-9]{8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        """As a number."""
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        """As eight digits."""
        return f"{value:08}"


register_converter(Number, "entry")
urlpatterns = [
    path("head", operations.head, name="head"),
    path("entries", operations.all_entries, name="entries"),
    path("objects", operations.all_objects, name="objects"),
    path("objects/<str:name>", operations.thing, name="object"),
    path("objects/<str:name>/commit", operations.commit, name="commit"),
    path("entries/<entry:number>", operations.entry, name="entry"),
]
