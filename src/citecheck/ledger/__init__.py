"""`references/` and `archive/` on disk: the only room that knows file names."""
