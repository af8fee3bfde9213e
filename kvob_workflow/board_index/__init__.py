"""How is the board of a million estates answered within 20 ms? From columns kept in memory.

The store answers the same, in tenths of a second; see decision 0037. Read next: `keeping`.
"""

from kvob_workflow.board_index.keeping import BoardIndex, BoardIndexing

__all__ = ["BoardIndex", "BoardIndexing"]
