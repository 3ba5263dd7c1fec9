"""BCP mode (業務継続): a read-only town out of one generation of its vault, on the centre or on one laptop."""
