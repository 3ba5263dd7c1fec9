"""Pictures of a restored generation (印影などの画像): into the registry, so that their papers can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yakuba.certificates.pictures import is_picture
from yakuba.issuance.services import keep_images
from yakuba.issuance.services.configuring import LARGEST_IMAGE
from yakuba.vault.tables.pictures import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yakuba.tenancy.acting import Actor


def keep(generation: Path, actor: Actor) -> int:
    """Keep the pictures that were restored beside the tables; gives how many are new here.

    What no paper can be drawn with (neither PNG nor SVG, too large) stays in the vault: it must stop no counter.

    Raises:
        NotAllowedError: the actor may not load data.
    """
    folder = generation / FOLDER
    return keep_images(actor, _drawable(folder)) if folder.is_dir() else 0


def _drawable(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        if is_picture(content) and len(content) <= LARGEST_IMAGE:
            yield path.name, content
