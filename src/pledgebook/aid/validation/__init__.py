"""Whether an IATI file keeps the XML Schemas and a ruleset of IATI; both are named by the user, neither is shipped."""
