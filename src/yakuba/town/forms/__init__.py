"""Forms of a dump (旧システムの形): one file each, discovered; each lays the standard records out in its own way."""
