"""Where the `despatch` command begins: also `python -m despatch`."""

import gc


def main() -> None:
    """Run the command; the operating system's own refusals become one line, never a traceback."""
    gc.disable()  # a command ends before there is anything worth collecting
    from despatch.cli import app

    try:
        app()
    except (BrokenPipeError, KeyboardInterrupt):
        raise SystemExit(1) from None
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise SystemExit(f"despatch: {error.strerror or error}{where}") from None


if __name__ == "__main__":
    main()
