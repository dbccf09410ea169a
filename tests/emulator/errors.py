"""How the Bot API says no."""


class ApiError(Exception):
    """A refusal with the status code and the words the real server uses."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        """Keep the parts of the answer."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict[str, object]:
        """Write the refusal as the Bot API's JSON."""
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(words: str) -> ApiError:
    """Make the refusal of a faulty request."""
    return ApiError(400, f"Bad Request: {words}")
