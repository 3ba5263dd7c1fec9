"""File forms (ファイル形式): one file each, named as `format` in a project; the verb is `read(stream, task)`."""
