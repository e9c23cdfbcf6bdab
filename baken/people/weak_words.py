"""What whoever guesses passwords tries first: common words of two languages and of this trade, and runs."""

WEAK_WORDS = frozenset(
    """
    password passwort wachtwoord welcome welkom letmein secret geheim admin administrator beheerder root user
    gebruiker login guest gast test default changeme change master qwerty qwertz azerty iloveyou sunshine
    princess dragon monkey shadow superman batman football voetbal baseball basketball soccer hockey computer
    internet server summer winter spring autumn zomer herfst lente january february march april june july
    august september october november december januari februari maart juni juli augustus oktober monday friday
    maandag vrijdag amsterdam rotterdam holland nederland netherlands europe europa
    love hello hallo flower bloem freedom vrijheid whatever trustno starwars pokemon cheese
    kaas company bedrijf office kantoor mail email temp temporary tijdelijk
    baken space ruimte satellite satelliet orbit baan rocket raket launch lancering defence defense defensie
    security veiligheid military militair officer officier duty dienst nato navo government overheid minister
    """.split()  # noqa: SIM905
)

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "01234567890123456789",
)
RUN = 4
# Every stretch of four along the keyboard, the alphabet or the figures, to either side.
WEAK_RUNS = frozenset(
    row[n : n + RUN] for line in _ROWS for row in (line, line[::-1]) for n in range(len(row) - RUN + 1)
)
