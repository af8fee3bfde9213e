"""How is a command given on a page? Its model becomes a form, and the form the command again.

Nothing here is made for one command by hand, but for words and for what is chosen from an estate's
own state. `fields` derives the fields of a model, `filled` is what stands in the form, `reading`
makes the object of it that the model judges, `problems` says at which field what is wrong,
`offers` what can be chosen, `showing` what the template draws. Read next: `screens.commands`.
"""
