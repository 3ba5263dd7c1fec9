"""Counter (窓口): finding a resident and reading what there is."""
