"""What golive begins to look after, keeps up with, and lets go of."""
