"""OCHA FTS flows, from the flat CSV export and the JSON of the API, as rows of the tables of aid data."""
