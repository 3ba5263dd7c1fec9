"""Certificates (証明書): a record keyed by official item names goes in, the bytes of one paper come out.

Nothing here reads a database or knows a clerk: who may get what is the business of `issuance`.
"""
