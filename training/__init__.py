"""How the shipped models are made and measured: labelled data, fitting, cross-validation. Not part of the installed package."""
