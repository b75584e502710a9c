"""Stand-ins shared by tests of several parts."""
