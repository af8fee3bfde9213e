"""How are views rebuilt beside the live ones? Filled from the events, compared, traded, undone.

| file | question |
|---|---|
| `operating` | how does a host rebuild views? |
| `upgrading` | what must be rebuilt before this release answers? |
| `running` | how does a rebuild get from its beginning to the swap? |
| `pooled` | how are many estates made into rows, by how many processes? |
| `making` | what do the events of some estates give? |
| `comparing` | which live rows were wrong, and which event is behind the right ones? |

`making` and `pooled` are pure of writing: `job.made(store, span)` is one chunk of estates.
"""
