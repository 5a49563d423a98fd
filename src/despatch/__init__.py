"""Despatch assembles briefings for parliamentary debates from reusable blocks of YAML."""

__version__ = "0.1.0"
