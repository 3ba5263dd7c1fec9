"""The receiving door (受け口): what a municipality's 連携AP may put into its own vault, over mutual TLS.

A certificate stands in the plan of one municipality and opens nothing else. Objects come in parts, resumable; entries
come whole, and are proven against all that came before. Nothing is decrypted, nothing is overwritten.
"""
