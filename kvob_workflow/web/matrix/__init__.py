"""How is the whole measures matrix kept up to date on one page, with one save?

`wishes` reads what somebody wants otherwise, `saving` makes the commands of it and tries them,
`lines` is what the page shows. Read next: `screens.measures`.
"""
