"""Programs that run in an environment of their own, for engines that need a newer Python."""
