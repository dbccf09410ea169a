"""A small Bot API server for tests: real HTTP, many chats, redelivery, limits and faults on demand.

`Emulator` is the server, `Phone` an applicant's messenger talking through it.
"""

from tests.emulator.phone import Heard, Phone
from tests.emulator.server import Emulator

__all__ = ["Emulator", "Heard", "Phone"]
