"""How is one form given for several estates? Chosen in the address, filled in once, tried for each.

`chosen` says which estates, `offered` which commands, `sheet` is the form, `trying` what becomes of
it at each estate. Read next: `screens.several`.
"""
