"""`python -m reader` and the `newsstand` command."""

import sys

from reader import shutdown


def main() -> None:
    """Run the command line, and end the process with its exit code, whatever threads still wait for something."""
    code: object = 1
    try:
        shutdown.prepare()
        from reader.cli import main as run

        run()
    except SystemExit as ended:
        code = ended.code
    except KeyboardInterrupt:  # while modules are loaded
        code = 128 + shutdown.SIGINT
    except BaseException as error:  # noqa: BLE001 # as Python would at its exit, which is not reached
        sys.excepthook(type(error), error, error.__traceback__)
    shutdown.finish(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
