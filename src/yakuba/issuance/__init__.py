"""issuance (交付): who may get which certificate, numbers without gaps, ledger, reprint, void, notices, the stop."""
