"""What the other side says: one line, of a length one can read, without signs that move a cursor."""

LONGEST_SAID = 200


def one_line(said: bytes | str) -> str:
    r"""Return what a stranger said, fit for a log.

    >>> one_line(b"250 2.0.0\r\nOk: queued\x1b[31m as 4D2F")
    '250 2.0.0 Ok: queued [31m as 4D2F'
    >>> len(one_line("x" * 1000))
    201
    """
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain if len(plain) <= LONGEST_SAID else plain[:LONGEST_SAID] + "…"
