"""What an item's label asks, whether it may be read or may go, and what leaves in its place."""
