"""What lies in a vault (形式), byte for byte as docs/vault-format.md says it."""
