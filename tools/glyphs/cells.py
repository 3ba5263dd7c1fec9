"""How a picture is cut up: 64 × 64 dots, eight directions in each of 8 × 8 cells."""

from __future__ import annotations

SIDE, CELLS, DIRECTIONS = 64, 8, 8
FEATURES = DIRECTIONS * CELLS * CELLS
