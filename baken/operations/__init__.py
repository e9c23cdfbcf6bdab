"""The procedures of the control room, one a file: fetch, think, keep.  No arithmetic here."""
