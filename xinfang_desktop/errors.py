"""What a clerk can act on, worded for the clerk; every other exception is a bug of the program."""


class OfficeError(Exception):
    """One Chinese sentence: what is wrong, that the data is safe, and what to do.

    The text never holds a petitioner's data, a password or a key: it is shown, copied and logged.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
