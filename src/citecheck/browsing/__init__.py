"""Links that show nothing to a program, opened once in an installed Chromium: off by default."""
