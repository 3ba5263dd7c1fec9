"""連携AP (link): at the municipality; takes its system's output, checks it, seals it and sends it to the backup centre.

Needs no database and no Django. One folder holds everything of one municipality (see `place`).
"""
