"""Mapping (項目対応): a project's data says how source columns become standard items."""
