"""The backup centre's listener: a web server of its own for the 連携AP of municipalities."""
