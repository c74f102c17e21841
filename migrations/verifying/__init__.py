"""What is there now against what was read: nothing is missing without a reason, and nothing private is public."""
