"""Open standards in and out: phones, and the delivery of closed cases to the data centre."""
