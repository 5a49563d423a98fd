"""The writers: one file a format, each with `write`, which prints a document tree as bytes."""
