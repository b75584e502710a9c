"""Worlds for tests that run the program as a whole."""
