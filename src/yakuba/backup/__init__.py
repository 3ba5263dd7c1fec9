"""The backup centre (クラウド型バックアップセンター): plans, generations, checks, alarms. It cannot read what it keeps.

A municipality's vault lies here sealed; the centre knows its chain of signed entries, checks the stored bytes against
it, keeps a second copy elsewhere, and says when something is not as it should be.
"""
