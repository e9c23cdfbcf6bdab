"""What was done to a field before it went out, in English and Dutch."""

from baken.records.reduction import Rule

# In English the rule says it itself.
DUTCH = {
    Rule.AS_IT_IS: "zoals het is",
    Rule.ROUNDED: "afgerond op het gevraagde rooster",
    Rule.ROUNDED_UP: "verruimd met wat afronden wegnam, en naar boven afgerond",
    Rule.AS_THE_STATES: "afgerond voor zover de toestanden ernaast het niet verraden",
    Rule.DIGITS: "afgerond op significante cijfers",
    Rule.CARRIED: "meebewogen naar het afgeronde tijdstip, daar afgerond",
    Rule.FOLLOWS: "opnieuw gemaakt uit wat verteld wordt",
    Rule.KEPT: "gehouden omdat de nauwkeurigheid dat zegt",
    Rule.NAMED_OUT: "weggelaten omdat de nauwkeurigheid dat zegt",
    Rule.NOT_LISTED: "weggelaten: het staat op geen lijst van velden die mee mogen",
    Rule.NO_GRID: "weggelaten: de nauwkeurigheid noemt geen rooster voor zulke getallen",
    Rule.SECRET: "weggelaten: het spreekt in iemands plaats",
    Rule.NARROWER: "weggelaten: het heeft zelf een nauwer label",
    Rule.OURS: "weggelaten: het verwijst naar wat hier blijft",
    Rule.LEADS_OUTSIDE_NAME: "zoals het is, onder een andere naam: de eigen noemt wat niet meegaat",
    Rule.LABEL_OF_OTHERS: "weggelaten: een label dat vertelt van wat niet meegaat, of dat niet meer geldt",
    Rule.LEADS_OUTSIDE: "weggelaten: het noemt wat niet meegaat",
    Rule.LISTS_OTHERS: "weggelaten: het noemt inhoud die niet meegaat",
    Rule.UNREDUCIBLE: "weggelaten: zulke inhoud kan Baken niet vergroven",
    Rule.TOGETHER: "een waarschuwing: afgeronde rijen van één beweging vertellen samen meer dan één ervan",
    Rule.DELAYED: "pas verteld als het oud genoeg is",
}
REDUCTION_WORDS = {f"reduction.{rule.value}": (rule.value, DUTCH[rule]) for rule in Rule}
