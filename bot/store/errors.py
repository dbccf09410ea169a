"""What can go wrong with the database, said in one line to whoever runs the bot."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

_CAUSES = (
    ("disk is full", "磁盘已满，无法保存。请清理磁盘后重试。"),
    ("no space left", "磁盘已满，无法保存。请清理磁盘后重试。"),
    ("readonly database", "数据目录不可写，无法保存。请检查目录权限，或用 --data 另选目录。"),
    ("unable to open database", "打不开数据库文件。请检查数据目录是否存在、是否可写，或用 --data 另选目录。"),
    ("no such file or directory", "数据目录建不起来。请检查 --data 的路径。"),
    ("not a directory", "数据目录建不起来：路径中有一段是文件。请检查 --data 的路径。"),
    ("file exists", "数据目录建不起来：路径中有一段是文件。请检查 --data 的路径。"),
    ("permission denied", "数据目录不可写，无法保存。请检查目录权限，或用 --data 另选目录。"),
    ("database is locked", "数据库正被其他程序占用。请关闭占用它的程序后重试。"),
    ("queuepool limit", "数据库忙，稍后会自动重试。"),
    ("lock timeout", "数据库忙，稍后会自动重试。"),
    ("not a database", "数据库文件已损坏，或不是本程序的数据库。请恢复备份，或用 --data 另选目录。"),
    ("malformed", "数据库文件已损坏。请恢复备份，或用 --data 另选目录。"),
    ("disk i/o error", "磁盘读写出错，无法保存。请检查磁盘。"),
    ("connect call failed", "连不上数据库服务器。请检查数据库地址（SHENBAO_DATABASE_URL）和网络。"),
    ("connection refused", "连不上数据库服务器。请检查数据库地址（SHENBAO_DATABASE_URL）和网络。"),
    ("name or service not known", "连不上数据库服务器。请检查数据库地址（SHENBAO_DATABASE_URL）和网络。"),
    ("password authentication failed", "数据库用户名或密码不对。请检查数据库地址（SHENBAO_DATABASE_URL）。"),
    ("does not exist", "数据库服务器上没有这个数据库。请先建库，或检查数据库地址（SHENBAO_DATABASE_URL）。"),
)


class StoreError(Exception):
    """The database cannot do what was asked; `str()` is one Chinese line saying why and how to mend it."""


@contextmanager
def as_store_errors() -> Iterator[None]:
    """Turn what the database and its driver raise into a `StoreError`.

    Raises:
        StoreError: the database failed; the driver's own error is its cause.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise StoreError(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, sentence in _CAUSES:
        if sign in reason.lower():
            return sentence
    return f"数据库出错：{reason.splitlines()[0] if reason else type(error).__name__}"
