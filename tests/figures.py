"""What tests measure and people want to read."""

FIGURES = "figures"
"""Property of a test under which it leaves a line; tests/conftest.py prints them all below the last test."""
