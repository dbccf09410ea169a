"""Why the operating system refused, in words for whoever runs the program."""

import errno

_WORDS = {
    errno.ENOENT: "找不到",
    errno.EISDIR: "这是目录，不是文件",
    errno.ENOTDIR: "路径中有一段是文件，不是目录",
    errno.EEXIST: "路径中有一段是文件，不是目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "名字太长",
}


def reason(error: OSError) -> str:
    """Say it in a few Chinese words; the system's own where we have none."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
