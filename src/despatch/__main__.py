"""`python -m despatch` is the `despatch` command."""

from despatch.cli import main

main()
