"""Administration of one municipality (管理): staff and rights with their ends, the audit log, loads and exports."""
