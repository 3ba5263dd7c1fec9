"""Tests of this room work on a real database: it is ready before the first of them is read."""

from tests.installation import prepared

prepared()

from tests.tenancy.cast import cast  # noqa: E402, F401 - it names tables, which need the line above
