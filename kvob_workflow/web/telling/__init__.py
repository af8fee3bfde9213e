"""How are events and differences told to people? Labels for fields, words for values.

Pure: what the engine gives goes in, texts in one language come out. Read next: `labels` (what a
field is called), `codes` (what a value is called), `titles` (what happened), `saying` (an event's
contents, field by field), `lines` (a line of a history), `differing` (two moments beside each
other).
"""
