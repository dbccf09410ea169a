"""aiogram 3's FSM vocabulary and contracts, without aiogram: the form can run inside a bot built on aiogram."""
