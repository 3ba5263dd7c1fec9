"""The database: where it runs, which roles it knows, how rows are walled off. Only this package knows its addresses."""
