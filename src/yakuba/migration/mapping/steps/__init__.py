"""Steps of a mapping: one step, one file; the file's name is the word used in a project."""
