"""restore(backup(x)) = x through the real vault, seals, signatures and the stranger, for any sequence of towns.

Oracle: the rows drawn, read back by Python's csv; and docs/vault-format.md through tests/vault/stranger.py.
"""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.vault import stranger
from tests.vault.hall import FIRST, Hall, folder_rows
from tests.vault.tables.test_any_sequence import grown, towns

from yakuba.vault.services.verify import verify


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_restore_is_the_inverse_of_backup(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder) / "hall").opened()
        town = data.draw(towns())
        for day in range(data.draw(st.integers(1, 4))):
            at = FIRST + timedelta(days=day + 1)
            hall.backup(town, as_of=at, now=at, full=data.draw(st.booleans()))
            town = data.draw(st.composite(grown)(town))
        for number in hall.towns:
            assert hall.restored(number) == hall.expected(number)
            out = Path(folder) / f"stranger-{number}"
            stranger.main(Path(hall.place), hall.keys / "identity.txt", number, out)
            assert folder_rows(out, hall.towns[number]) == hall.expected(number)
        assert verify(hall.place, identity=hall.keys).proven
