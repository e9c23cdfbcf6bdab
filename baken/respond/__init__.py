"""What could be done: options and their consequences, laid out and never chosen."""
