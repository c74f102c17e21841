"""What stands between a verb and whoever ran it: streams, options, files, faults, exit codes."""
