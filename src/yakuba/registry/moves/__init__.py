"""Moves (移行作業): a dump on the server with its definition, its rehearsals and the answers, behind one 団体's wall.

store       where they lie, and which there are        material   what comes in, and what is not taken
definition  project.toml, its draft, why it cannot run  answers    questions of a rehearsal and their answers
services    what changes one of them, logged
"""
