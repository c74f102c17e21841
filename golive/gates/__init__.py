"""Gates at the edge: the log's file, who somebody is, and what is found out before anything is judged."""
