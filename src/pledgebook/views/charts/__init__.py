"""Charts and maps as Vega-Lite, drawn without a browser; each with its data as a table."""
