"""How the help desk is doing: counts, averages and series over days."""
