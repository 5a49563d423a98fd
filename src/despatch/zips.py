"""What goes wrong with zips, which Word files are."""

import struct
import zipfile
import zlib

BROKEN = (
    zipfile.BadZipFile,
    ValueError,
    IndexError,
    struct.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
)
"""What Python raises over a damaged one."""
