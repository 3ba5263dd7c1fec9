"""Dates as a register writes them: eras, days that no calendar has, dates that are partly unknown."""
