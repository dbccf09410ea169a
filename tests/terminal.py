"""The command `shenbao` in a process of its own, as a script or an impatient person drives it."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import pytest

from bot.cli import main

SHENBAO = [sys.executable, "-c", "from bot.cli import main; main()"]
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm-256color"}
ENVIRONMENT.pop("TELEGRAM_BOT_TOKEN", None)

BLOCK = """申报单位全称：皖北乡村公益促进中心
填报日期：2024年2月1日
项目名称：{name}
起止时间：2021年5月至今
项目类别：教育发展
参与人数：320人
受益人数：1万人
传播量：1200万次
投入资金：35万元
资金来源：社会捐赠
投入人力：63人
是否备案：否
联系人：方静 13800000777
推荐单位联系人：某市委网信办 周平 0551-65551234
项目简介：目标是让乡村孩子上好科学课，依托直播开展课程。累计覆盖60所学校，网络传播量1200万次。例如小明学会了做实验。
荣誉：无
报道链接：无"""


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, without input."""
    command = [*SHENBAO, *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**ENVIRONMENT, **environment},
        timeout=60,
    )


def run_here(folder: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, in a folder, without input: what a process of its own would say, much sooner."""
    streams = [io.TextIOWrapper(io.BytesIO()) for _ in range(3)]
    kept = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("SHENBAO_")}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in os.environ.keys() - kept.keys():
            patch.delenv(name)
        for name, value in {**kept, **environment}.items():
            patch.setenv(name, value)
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["shenbao", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as end:
            status = int(end.code or 0)
        for stream in streams:
            stream.flush()
    said = [stream.buffer.getvalue().decode() for stream in streams]  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(list(map(str, arguments)), status, said[1], said[2])


class JsonConsole:
    """`shenbao console --json`; every call sends one line and takes the one line that answers it."""

    def __init__(self, folder: Path) -> None:
        command = [*SHENBAO, "console", "--json", "--today", "2024-02-01", "--data", str(folder)]
        self.process = subprocess.Popen(
            [*command, "--out", str(folder / "out")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
        )
        self.last = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def line(self, raw: bytes) -> dict[str, Any]:
        self.process.stdin.write(raw + b"\n")
        self.process.stdin.flush()
        self.last = self._read()
        return self.last

    def send(self, **line: Any) -> dict[str, Any]:
        return self.line(json.dumps(line, ensure_ascii=False).encode())

    def type(self, text: str) -> dict[str, Any]:
        return self.send(text=text)

    def kill(self) -> None:
        """Kill -9."""
        self.process.send_signal(signal.SIGKILL)

    @property
    def said(self) -> str:
        return "\n".join(reply["text"] for reply in self.last["replies"])

    @property
    def files(self) -> list[str]:
        return [path for reply in self.last["replies"] for path in reply["files"]]

    def button(self, label: str) -> str:
        """Give the id of the button whose label contains `label`."""
        return next(c["id"] for reply in self.last["replies"] for c in reply["choices"] if label in c["label"])

    def _read(self) -> dict[str, Any]:
        return json.loads(self.process.stdout.readline())
