"""Cleansing (補正): only declared, safe, recorded and reversible corrections; one rule, one file."""
