"""Measured programs, one process each: they print one line of JSON and are timed from outside."""
