"""What the office fills in itself: opinions, seals, numbers of receipt."""

from datetime import date

from dialogs.fields.kind import Kind
from dialogs.fields.read_value import Misread, ReadValue
from knowledge.form import Field


class Office(Kind):
    """Nothing an applicant may write; the cell stays as the form prints it."""

    name = "office"
    left_blank = True
    unread = "left_to_office"

    def read(self, field: Field, text: str, today: date) -> ReadValue:
        """Take nothing.

        Raises:
            Misread: always; the reason says that the office fills it in.
        """
        del field, text, today
        raise Misread("left_to_office")
