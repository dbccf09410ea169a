"""The shared library: what people ask about any official call, with wordings free of any one call's words."""
