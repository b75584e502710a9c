"""A shelf: bytes to documents, one module a format, with byte spans (see `shelf.py`)."""
