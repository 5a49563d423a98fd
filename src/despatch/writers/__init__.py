"""The writers: one file a format, each with `SUFFIX` and `write`, which prints a document tree as bytes."""
