"""Conditions, derived values and rules between fields, as staff write them: `{grant} ≤ {total} × 60%`."""
