"""Search (検索): one box, keys that fold what should be found together, an index that every PostgreSQL has."""
