"""The vault (保管庫): sealed generations of one municipality's tables, restorable without a database.

docs/vault-format.md is the format, so exact that a stranger can write a reader; docs/threat-model.md says from whom
it protects and from whom not.
"""
