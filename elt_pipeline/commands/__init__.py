"""What the commands are made of: words, questions, places and processes. The commands themselves are in cli.py."""
