"""The left half of the corridor: one folder a service, its client (network) beside its parser (pure)."""
