"""The shell: messenger, console, storage, settings, command line. All I/O and the clock live here."""
