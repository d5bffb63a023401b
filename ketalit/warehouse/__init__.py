"""The warehouse: the evidence base as one DuckDB file, made anew by every build.

    with database.Warehouse.create(path) as warehouse:
        warehouse.load(rows.of_publication(publication))    # any number of times; rows are kept in batches
        warehouse.run_sql()                                 # bridges and evidence views
        warehouse.audit()                                   # raises AuditFailed
        warehouse.finish()                                  # checkpoint, verify, fsync

    with read(path) as reader:
        reader.execute("select * from evidence.dosing_protocols")

This package is the only place that imports duckdb. Readers load no more than they need: no Arrow, no numpy.
"""

from ketalit.warehouse.files import sql_folder
from ketalit.warehouse.reader import Reader, read

__all__ = ["Reader", "read", "sql_folder"]
