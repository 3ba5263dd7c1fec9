"""Long work of the centre that is done when something has come, not only at night."""
