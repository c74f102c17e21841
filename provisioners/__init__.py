"""What talks to systems: the contract of providers, the host process, one folder per system."""
