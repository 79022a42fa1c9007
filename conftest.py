"""pytest for the whole project: sites for the tests of the runtime and of the app, and how hard properties are tried.

`--hypothesis-profile=quick` tries a few examples (`./test fast`), `deep` thousands, for a night.
"""

from hypothesis import settings

settings.register_profile("quick", max_examples=15, deadline=None)
settings.register_profile("usual", max_examples=100, deadline=None)
settings.register_profile("deep", max_examples=5_000, deadline=None)
settings.load_profile("usual")

pytest_plugins = ["frappe.testing.plugin"]
