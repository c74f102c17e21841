"""The provider host: the process that the engine starts to reach the systems."""
