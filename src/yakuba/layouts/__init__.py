"""Standard layouts (標準レイアウト): the only reader of catalog/standards."""
