"""The JSON API (/api/v1): what the screens show, for programs. Same actor, same walls, same masks, same log."""
