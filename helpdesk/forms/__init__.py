"""Form scripts, and the dependencies between fields that are written as scripts."""
