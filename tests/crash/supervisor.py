"""Bears the bot, kills it (kill -9) at a random moment, and bears it again; the last one may live.

`python -m tests.crash.supervisor KILLS`, settings in the environment. A line on stdout tells of each kill; SIGTERM ends
the last bot as an operator would. The program is loaded once and forked, so that 200 lives take minutes, not hours.
"""

import asyncio
import os
import random
import signal
import sys
import time

from bot.channels.telegram.polling import run_telegram
from bot.packs import pack_folder, proven_pack
from bot.settings import Settings

# ruff: noqa: S311 - chance, not secrets


LIFE = (0.05, 1.2)  # seconds until the next kill


def born(settings: Settings) -> int:
    """Fork a bot; give its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        asyncio.run(run_telegram(settings))
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 - a child must never return into its parent's code
        sys.stderr.write(f"the bot ended: {error!r}\n")
        os._exit(1)


def main(kills: int) -> int:
    """Do as the module says; gives the last bot's exit code."""
    settings = Settings.load(None)
    proven_pack(pack_folder(settings.pack))
    for number in range(kills):
        pid = born(settings)
        time.sleep(random.uniform(*LIFE))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        print(number + 1, flush=True)
    last = born(settings)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(last, signal.SIGTERM))
    _, status = os.waitpid(last, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
