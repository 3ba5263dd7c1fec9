"""Drills that the centre holds by itself, for every municipality that has left a key for them."""
