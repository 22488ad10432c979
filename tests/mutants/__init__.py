"""Faults planted in the rules, and whether the unit tests see them: ``make mutants``.

mutmut (``[tool.mutmut]`` in pyproject.toml) changes one place of the rules after the other and runs the unit tests.
``survivors.toml`` has the changes that no test can or need see, each with the reason.
"""
