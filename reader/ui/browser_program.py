"""A program that `base.outside` runs: it hands one address to the browser, and exits with 1 where none starts."""

import sys
import webbrowser

if __name__ == "__main__":
    sys.exit(not webbrowser.open(sys.argv[1]))
