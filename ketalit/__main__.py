"""`python -m ketalit` is the command line."""

from ketalit.cli import main

main()
