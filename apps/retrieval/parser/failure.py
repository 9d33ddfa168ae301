class Failure(Exception):
    """The document cannot be read; `reason` is a sentence for the person who gave it to us."""

    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason
