"""Reports: a shelf of formats, each from a Report to text; the table is in `shelf`."""
