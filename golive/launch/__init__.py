"""What a phase's day needs: its board, its runsheet, its channels tried, and who is let in."""
