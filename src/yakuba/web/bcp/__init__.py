"""Screens of the counter in a disaster: the book of events, relief lists."""
