"""What leaves the evidence base: tables and reports, each row with its citation."""
