-- The schemas of the evidence base. The database is declared, never migrated: it is made anew from snapshots and code.
-- Folder numbers are reading order; a file name is a relation's name; a file reads only from lower-numbered folders.

create schema ref;       -- closed lists that SQL needs: clinical terms and the columns that they fill
create schema core;      -- what documents state, one table a noun, each value with its place in the document
create schema bridge;    -- private steps between core and evidence; they may change with every release

-- What readers use stands in the file's own main schema. The file is called evidence.duckdb, so whoever opens it writes
-- `evidence.dosing_protocols`: catalog and view. A schema of that name would clash with the catalog and make every such
-- query ambiguous. Attached under another name it must be `attach '….duckdb' as evidence`.

