"""The health page of an account: what is there, and what is wrong with it. Reads lists, writes nothing."""
