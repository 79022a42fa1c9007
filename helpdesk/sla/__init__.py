"""Service level agreements: the working calendar, its clock, and what is promised to whom.

`calendar`, `clock` and `progress` use the standard library only. `agreements` reads the stored definitions.
Nothing in this folder knows tickets; callers hand over dates and plain values.
"""
