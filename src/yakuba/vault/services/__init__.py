"""What one does with a vault (操作): one module a verb; screens and commands call these."""
