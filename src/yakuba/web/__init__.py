"""Screens (画面) by audience, server-rendered. No rules here: every screen calls queries and services of the rooms."""
