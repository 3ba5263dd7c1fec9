"""Yakuba (役場): an open municipal cloud. See README.md for the map of the house."""

__version__ = "0.1.0"
