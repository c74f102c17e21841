"""What was read from an old tool, kept on this machine until it is sent. It can be read again at any time: nothing here
is the only copy of anything but the archive's raw records, as long as the old tool is there."""
