"""What a prediction of a re-entry takes for granted, in every language.

A prediction tells its assumptions in English, and by those words they are known here.
"""

ASSUMED = {
    "reentry.assumed.by_itself": (
        "It falls by itself: no thrust, and one ballistic coefficient until it is down.",
        "Het valt vanzelf: zonder stuwkracht, en met één ballistische coëfficiënt tot het beneden is.",
    ),
    "reentry.assumed.air": (
        "Air of NRLMSISE-00; the spread of its error was chosen from real decays of 2013 and 2014.",
        "Lucht volgens NRLMSISE-00; de spreiding van de fout daarin is gekozen aan de hand van echte "
        "terugkeren uit 2013 en 2014.",
    ),
    "reentry.assumed.weather": (
        "Space weather as known at the time, and drawn from that of past years beyond.",
        "Ruimteweer zoals het toen bekend was; voor later getrokken uit dat van voorbije jaren.",
    ),
    "reentry.assumed.no_weather": (
        "No space weather was given: any moment of a solar cycle is as likely as any other.",
        "Er is geen ruimteweer opgegeven: elk moment van een zonnecyclus is even waarschijnlijk.",
    ),
    "reentry.assumed.sun_and_moon": (
        "The pull of Sun and Moon on its perigee is left out: that may matter here.",
        "De trek van zon en maan aan zijn perigeum is weggelaten: dat kan hier uitmaken.",
    ),
    "reentry.assumed.changed": (
        "Its sets before and after do not sink alike: it may have thrust, or fly otherwise than it did. Only "
        "the later ones are used, and the window is wider for it.",
        "Zijn baangegevens van vroeger en later dalen verschillend: het kan stuwkracht hebben gehad, of "
        "anders zijn gaan vliegen. Alleen de latere tellen mee, en het venster is daarom breder.",
    ),
    "reentry.assumed.open": (
        "The window ends beyond the last day that was computed.",
        "Het venster eindigt na de laatste dag die is doorgerekend.",
    ),
}
CODES = {english: code for code, (english, _) in ASSUMED.items()}
