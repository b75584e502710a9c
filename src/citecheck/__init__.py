"""citecheck reads footnotes, checks every link they cite, and keeps the evidence."""

__version__ = "0.1.0"
