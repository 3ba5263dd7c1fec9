"""The maker of fictitious towns (架空の町): residents, taxes, seals and the dumps of old systems, from a seed."""
