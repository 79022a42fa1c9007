"""What clients may call: parse, authorise, delegate, shape the answer."""
