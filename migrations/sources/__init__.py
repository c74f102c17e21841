"""Where history comes from: one folder per old tool, each an entry point of `golive.sources`."""
