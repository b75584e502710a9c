"""Archives: what they have of a link, and asking them to keep it (`plan.keep_evidence`)."""
