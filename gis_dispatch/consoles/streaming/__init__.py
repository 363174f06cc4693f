"""The live stream: one reader per process, and what each console is sent of what it reads."""
