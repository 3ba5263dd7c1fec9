"""Verification (検証): counts, control totals, digests, cell-by-cell comparison, signed evidence."""
