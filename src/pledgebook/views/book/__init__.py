"""What is written of a whole book on a date: tables, files for people and programs, and the sheets that come back edited."""
