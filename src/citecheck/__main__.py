"""`python -m citecheck` is the command line."""

from citecheck.cli import main

if __name__ == "__main__":
    main()
