"""Kinds of jobs of this room."""
