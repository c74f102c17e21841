"""What was sent: the only record of which id of the old tool became which of the new one. It is never thrown away."""
