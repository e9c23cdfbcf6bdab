"""Breakup: pieces that appear, where and when they parted, from what, and how hard; facts about motion."""
