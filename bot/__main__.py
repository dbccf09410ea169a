"""`python -m bot` is the command `shenbao`."""

from bot.cli import main

main()
