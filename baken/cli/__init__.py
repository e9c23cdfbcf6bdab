"""The door for people and scripts at a terminal.  Commands ask operations; they compute nothing."""
