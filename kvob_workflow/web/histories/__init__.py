"""What is behind the pages of the past? What their addresses ask, proof marks, downloads, causes.

Read next: `asking` (which part of a history), `proving` (is an event in the proof log),
`downloads`, `moments` (which two moments), `differing` (what differs, and by which events).
"""
