"""Object storage (S3 互換オブジェクトストレージ): a vault in a bucket, best one with versions and Object Lock.

`place` reads the address · `told` turns answers into sentences · `bucket` knows which version counts · `upload` sends ·
`store` is the store.
"""

from yakuba.vault.store.s3.store import S3Store, open_s3

__all__ = ["S3Store", "open_s3"]
