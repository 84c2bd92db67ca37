"""Charts drawn on the server: rows in, geometry out; the templates in ``templates/charts`` draw it.

Nothing here escapes or emits markup, and every sort of mark has a form of its own, so that a chart can be
read without colour, in print, and by its text.
"""
