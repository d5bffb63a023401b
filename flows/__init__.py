"""Prefect flows: thin schedules around ketalit's verbs.

Importing the package, which comes before any import of Prefect in it, switches Prefect's telemetry off.
"""

import os

os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
# nothing that could be unpickled by the next run is written
os.environ.setdefault("PREFECT_RESULTS_PERSIST_BY_DEFAULT", "false")
os.environ.setdefault("PREFECT_RESULTS_DEFAULT_SERIALIZER", "json")
# the first start of Prefect's own server on a slow machine takes longer than its 20 s
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
