"""The engine: the real Pulumi, of exactly one version, in the user's cache folder."""
