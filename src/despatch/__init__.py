"""Despatch assembles briefings for parliamentary debates from reusable blocks of YAML."""
