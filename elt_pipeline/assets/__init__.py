"""The graph: names, inputs, one call each. Loops, conditions and SQL do not belong here."""
