"""The contenders of a screening, each in a process of its own, and what they are measured with."""
