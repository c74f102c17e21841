"""What an old tool holds, in numbers, before anybody decides what becomes of it."""
