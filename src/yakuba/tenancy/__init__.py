"""Tenancy (団体と壁): municipalities and groups, staff and rights with an end, walls between rows, the audit chain."""
