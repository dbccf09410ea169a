"""A ready e-mail draft: opened by a double click, addressed, named, everything attached; only 发送 is left."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from mimetypes import guess_type

from dialogs.protocol import File

_BOUNDARY = "shenbao-application"  # fixed, so that the same submission makes the same bytes


def email_draft(to: str, subject: str, text: str, files: Sequence[File]) -> bytes:
    """Write an .eml draft (RFC 5322) with attachments; no date and no sender: the mail program adds its own.

    `subject` may hold anything a file name may; line ends in it become blanks.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["X-Unsent"] = "1"  # Outlook then opens it for sending instead of reading
    message.set_content(text, cte="base64")
    for file in files:
        kind = guess_type(file.name)[0] or _KINDS.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")
        main, _, sub = kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    if message.is_multipart():
        message.set_boundary(_BOUNDARY)
    return message.as_bytes()


_KINDS = {  # what mimetypes may not know, depending on the machine
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "webp": "image/webp",
    "heic": "image/heic",
}
