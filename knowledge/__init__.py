"""What the office owns: notice packs, and finding answers in them. Knows no conversation."""
