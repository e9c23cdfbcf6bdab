"""The words of the pages on which people sign in, in English and Dutch."""

SIGN_IN_WORDS = {
    "sign_in.title": ("Sign in", "Aanmelden"),
    "sign_in.why": (
        "This node is for people with an account. What you do here is kept under your name.",
        "Dit knooppunt is voor mensen met een account. Wat u hier doet, wordt onder uw naam bewaard.",
    ),
    "sign_in.name": ("Name of your account", "Naam van uw account"),
    "sign_in.password": ("Password", "Wachtwoord"),
    "sign_in.code": ("One-time code", "Eenmalige code"),
    "sign_in.hint.code": (
        "the six figures on your telephone, or one of your codes on paper",
        "de zes cijfers op uw telefoon, of een van uw codes op papier",
    ),
    "sign_in.send": ("Sign in", "Meld aan"),
    "sign_in.provider": ("Sign in with your organisation", "Meld aan via uw organisatie"),
    "sign_in.wrong": (
        "The name, the password or the code is not right, or your account waits to be admitted.",
        "De naam, het wachtwoord of de code klopt niet, of uw account wacht nog op toelating.",
    ),
    "sign_in.first": (
        "This password was given to you. Take one of your own below, and wait for your next code.",
        "Dit wachtwoord is u gegeven. Kies hieronder een eigen wachtwoord, en wacht op uw volgende code.",
    ),
    "sign_in.weak": (
        "A password has 12 to 128 signs, is not the one you had, and is not made of words that everybody "
        "tries first. Wait for your next code.",
        "Een wachtwoord heeft 12 tot 128 tekens, is niet het oude, en bestaat niet uit woorden die iedereen "
        "als eerste probeert. Wacht op uw volgende code.",
    ),
    "sign_in.new_password": ("A password of your own", "Een eigen wachtwoord"),
    "sign_in.too_often": (
        "Too many tries. Wait {seconds} seconds before the next one.",
        "Te veel pogingen. Wacht {seconds} seconden tot de volgende.",
    ),
    "sign_in.refused_elsewhere": (
        "Your organisation's answer cannot be used, or this node knows no account of yours.",
        "Het antwoord van uw organisatie is niet bruikbaar, of dit knooppunt kent geen account van u.",
    ),
    "sign_in.welcome": ("Welcome, {person}", "Welkom, {person}"),
    "sign_in.as": ("You are signed in as {account}: {roles}.", "U bent aangemeld als {account}: {roles}."),
    "sign_in.no_roles": ("no roles yet", "nog geen rollen"),
    "sign_in.console": ("To the console", "Naar de console"),
    "sign_in.out": ("Sign out", "Meld af"),
    "enrol.title": ("For {account}, shown this once", "Voor {account}, eenmalig getoond"),
    "enrol.picture": (
        "Let the telephone of {account} read this picture, or type the secret below into it.",
        "Laat de telefoon van {account} dit plaatje lezen, of typ er het geheim hieronder in.",
    ),
    "enrol.secret": ("Secret", "Geheim"),
    "enrol.paper": (
        "Keep these codes on paper, each good once, for when the telephone is lost:",
        "Bewaar deze codes op papier, elk eenmaal geldig, voor als de telefoon weg is:",
    ),
    "enrol.waits": (
        "Signing in is possible once a security officer admits this person: baken people admit {account}",
        "Aanmelden kan zodra een security officer deze persoon toelaat: baken people admit {account}",
    ),
    "sign_in.gone": ("You are signed out", "U bent afgemeld"),
}
