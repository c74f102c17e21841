"""The neutral shape: what every old tool holds, in one set of words. One module per noun."""
