"""Pipeline: the order of a run's stages, and what is left between them so that a killed run goes on."""
