"""What is live beside what the files say, who changed it, and what nobody looks after."""
