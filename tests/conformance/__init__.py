"""aiogram's own tests of its FSM, run on ours."""
