"""Tables of the job queue, an app of their own for Django. `registry.jobs` alone reads and writes them."""
