"""Why a program could not start or go on: said in one line, without a traceback."""


class StartupError(Exception):
    """The program cannot run; the message is one Chinese line for whoever started it."""
