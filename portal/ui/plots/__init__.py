"""Charts as whole pictures: SVG by attributes only, so that the same drawing stands in a page, on paper and as a file.

A function of each module gives the finished `<svg>`; the tags of portal/ui/templatetags/plots.py put it into a page. Marks
are joined here and not in a template: a province has hundreds of dots, and a loop of a template costs more than the rest.
"""
