"""Ways for letters to leave the house: a folder, a mail server, a page that takes them.

The only place that opens any of these.  Nothing leaves unless a home has a file ``transports.toml``.
"""
