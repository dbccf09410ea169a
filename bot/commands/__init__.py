"""The subcommands of `shenbao` that work on files and batches."""
