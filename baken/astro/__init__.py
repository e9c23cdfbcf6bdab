"""The bedrock: physics and numbers.  Arrays in, arrays out; no records, no files, no clock, no luck."""
