"""What keeps an installation running: its PostgreSQL cluster, its processes, its commands."""
