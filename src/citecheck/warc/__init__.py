"""Exchanges on disk as WARC files with an index, and the atomic files that all of it rests on."""
