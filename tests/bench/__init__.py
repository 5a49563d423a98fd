"""The bench: how long Despatch takes, and how much memory, beside a peer that prints the same words."""
