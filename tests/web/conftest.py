"""Tests of this room work on a real database: it is ready before the first of them is read."""

from tests.installation import prepared

prepared()
