"""When does the index of the board stand aside, so that SQL answers?"""


class NotIndexable(Exception):
    """The index cannot hold these rows, or not any more; the store's own answer is right."""
