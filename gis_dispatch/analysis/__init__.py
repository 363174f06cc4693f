"""Where and when it happens, and how fast we were. Gets rows from named queries; speaks no SQL."""
