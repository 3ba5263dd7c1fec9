"""The sections of docs/benchmarks.md, so that one part can be measured alone and the others stay as they were."""

from __future__ import annotations

_HEADING = "## "


def merged(old: str, new: str) -> str:
    """The page with the sections of `new` in place of those of the same heading, and its head if it has one."""
    head, sections = _parted(old)
    new_head, changed = _parted(new)
    return "\n".join([new_head or head, *(sections | changed).values()]).rstrip("\n") + "\n"


def _parted(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first heading, and heading → section."""
    parts: dict[str, list[str]] = {"": []}
    place = ""
    for line in text.splitlines():
        if line.startswith(_HEADING):
            place = line
        parts.setdefault(place, []).append(line)
    head = "\n".join(parts.pop(""))
    return head, {heading: "\n".join(lines).rstrip("\n") + "\n" for heading, lines in parts.items()}
