"""By what the quality of a meeting is judged: what the log says of it, what each criterion makes of that, and the bands.

Small and pure where it can be: `measurers` and `bands` ask no database. What people do with scores stands in services.
"""
