"""`python -m reader` and the `newsstand` command."""

if __name__ == "__main__":
    main()
