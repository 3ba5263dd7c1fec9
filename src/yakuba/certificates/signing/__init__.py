"""Signing (電子署名): a PDF goes in, the same pages with a PAdES signature come out. The key is opened once and held.

`settings` says which key · `self_made` makes one at set-up · `held` and `token` hold it · `revision` writes the
signature into the document · `signer` puts them together · `validation` is the receiver's side.
"""
