"""For a bench, which installs apps with `pip install -e`: everything is in pyproject.toml."""

from setuptools import setup

setup()
