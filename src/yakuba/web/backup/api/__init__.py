"""The receiving door's addresses (/link/v1): how a 連携AP hands over what it has sealed. See docs/ja/backup.md."""
