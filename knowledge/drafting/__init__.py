"""Drafting a pack from a notice and a blank form: values in, values out; `shenbao new` reads and writes the files."""
