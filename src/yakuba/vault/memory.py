"""Memory (控えの記憶): how far the vault went when this machine last wrote to it: no old state passes as new."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from yakuba.kernel.errors import CannotContinueError, NotProvenError
from yakuba.vault.store.durable import sync_folder, write_synced

if TYPE_CHECKING:
    from pathlib import Path

    from yakuba.vault.chain import Chain

_FILE = "seen.json"


def must_continue(state: Path, chain: Chain) -> bool:
    """Whether something is remembered; then the chain must hold it.

    Args:
        state: the writer's folder.

    Raises:
        NotProvenError: it is another vault, or an older state of this one (巻き戻し).
        CannotContinueError: the memory is damaged.
    """
    path = state / _FILE
    try:
        seen = json.loads(path.read_bytes())
        number, digest = int(seen["number"]), str(seen["head"])
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "保管庫を verify で確かめてから、このファイルを消してください verify the vault, then remove this file"
        raise CannotContinueError(f"{path}: 読めません unreadable", remedy=remedy) from error
    if number >= len(chain.entries) or chain.entries[number].digest != digest:
        remedy = (
            "場所を確かめ、第二の写しと比べてください。承知の上なら別の --state で始めます "
            "compare it with the second copy; if it is meant, begin with another --state"
        )
        problem = f"前回書いた記入 entry {number} がありません。古い状態か別の保管庫です rolled back, or another vault"
        raise NotProvenError(problem, remedy=remedy)
    return True


def remember(state: Path, chain: Chain) -> None:
    """From now on the vault holds at least this chain."""
    fresh = state / f".{_FILE}"
    fresh.unlink(missing_ok=True)
    newest = chain.entries[-1]
    write_synced(fresh, json.dumps({"vault": chain.vault, "number": newest.number, "head": newest.digest}).encode())
    fresh.replace(state / _FILE)
    sync_folder(state)
