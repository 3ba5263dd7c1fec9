"""Sign-in (ログイン): password and second factor through django-allauth, time-outs, lock-out, identity providers.

Accounts are behind walls, so every step says whose account it needs to read (`walls.signing_in`). Nobody registers
here and nobody gets a password by mail: accounts are made by those who administer them.
"""
