"""What is true about the mark: the scheme, the lifecycle, the rules, the events and the dates.

Pure: no clock, no files, no time zone, no randomness. Start reading at `lifecycle` (which moves
exist), then `estate.commands` (what may be asked), `estate.rules` (what the scheme demands) and
`estate.decide` (how the answer comes about).
"""
