"""Certificates (証明書) at the counter: giving one, the ledger, lists to work off, settings and their approval."""
