"""When does the index of the board stand aside, so that SQL answers?"""


class NotIndexable(Exception):
    """The index cannot hold these rows, or not any more; the store's own answer is right."""


class Outgrown(NotIndexable):
    """So much has come since it was made that it is to be made anew."""
