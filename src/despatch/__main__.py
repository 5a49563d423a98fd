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
        raise SystemExit(f"despatch: {_refusal(error)}") from None


def _refusal(error: OSError) -> str:
    """What the operating system refused, in words that an officer can act on."""
    import errno

    reasons = {
        errno.EEXIST: "is a file, and should be a folder",
        errno.ENOTDIR: "is a file, or is in one, and should be a folder",
        errno.EISDIR: "is a folder, and should be a file",
        errno.ENOENT: "is not there",
        errno.EACCES: "is protected, or open in another program",
        errno.EROFS: "is on a drive that cannot be written to",
        errno.ENOSPC: "could not be written: the drive is full",
        errno.ENAMETOOLONG: "has too long a name",
    }
    if error.filename and error.errno in reasons:
        return f"{error.filename} {reasons[error.errno]}."
    return f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}"


if __name__ == "__main__":
    main()
