"""One use case a file, one transaction each; they see ports, never SQL."""
