"""What golive calls things: phrases, sentences of rules, and the words of plans."""
