"""Layouts browser (標準レイアウトの閲覧): the catalog as people read it, for everybody who has signed in."""
