"""Values and words that every room shares: dates, check digits, findings, sources, discovery."""
