"""The Pulumi program of an environment, the engine that runs it, and its state."""
