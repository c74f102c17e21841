"""The engine's runs: started, noted before and after, stopped, resumed, looked up later."""
