"""Kinds of defect (不正データ): one file each, discovered; each plants itself at seeded places and says where.

A file has a docstring (what is wrong and why it is no other thing), the constants CATEGORY (C1 … C14) and CODE (name
of the rule that should report it; alternatives joined by "|") and the verb `plant(bench)`.
"""
