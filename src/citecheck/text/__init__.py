"""Texts: folding, tokens, shingles and sketches, main text of a page."""
