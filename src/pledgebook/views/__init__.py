"""What is printed of readings: rows that every output shares, and the outputs. Knows no terminal and no file."""
