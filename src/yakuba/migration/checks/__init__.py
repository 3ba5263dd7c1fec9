"""Checks (検査): one rule, one file; the file's name is the finding code."""
