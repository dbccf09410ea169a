"""aiogram 3's FSM vocabulary and contracts, without aiogram."""
