"""All that `shenbao check` says of a pack."""
