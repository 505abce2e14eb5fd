"""`python -m reader` and the `newsstand` command."""

from reader.cli import main

if __name__ == "__main__":
    main()
