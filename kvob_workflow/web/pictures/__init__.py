"""How does something look at a glance? Accessible SVG, made by pure functions from plain values.

Nothing here knows the engine or a request. Every picture has a title, a description in words and
no colour of its own (`static/css/pictures.css` has them); whoever calls gives the id, so that two
pictures fit on one page. A picture comes wide and narrow; the stylesheet shows one of them.
"""
