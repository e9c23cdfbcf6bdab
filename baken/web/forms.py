"""What was filled in on a form, read alike at every door; what is none is refused."""

from urllib.parse import parse_qsl

from fastapi import Request

from baken.errors import UnreadableInput

LARGEST_FORM_BYTES = 10_000
MOST_FIELDS = 50


async def filled_in_form(request: Request, largest_bytes: int = LARGEST_FORM_BYTES) -> dict[str, str]:
    """Return what was filled in, field by field.

    Raises: UnreadableInput for what is no form, or longer than any.  What was typed is not in it.
    """
    content = await request.body()
    if len(content) > largest_bytes:
        raise UnreadableInput("this form is longer than any; attach documents later, through your contact")
    try:
        return dict(parse_qsl(content.decode(), max_num_fields=MOST_FIELDS))
    except ValueError:
        raise UnreadableInput("this is no form; fill it in on its page") from None
