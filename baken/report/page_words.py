"""The words of printed pages, in English and Dutch."""

PAGE_WORDS = {
    "page.title": ("Conjunction {first} – {second}", "Nadering {first} – {second}"),
    "page.subtitle": (
        "Closest approach {tca}, {left}",
        "Dichtste nadering {tca}, {left}",
    ),
    "page.ahead": ("{time} after this page was made", "{time} nadat deze bladzijde gemaakt is"),
    "page.past": ("{time} before this page was made", "{time} voordat deze bladzijde gemaakt is"),
    "page.head": ("Baken · {event} · as of {now}", "Baken · {event} · stand {now}"),
    "page.foot": (
        "Made by Baken {version} from {count} updates, newest {newest}. Times are UTC. Options are listed, "
        "never chosen. This page states a risk; it is no decision.",
        "Gemaakt door Baken {version} uit {count} berichten, jongste {newest}. Tijden zijn UTC. Opties staan "
        "op een rij en zijn geen keuze. Deze bladzijde noemt een risico; zij is geen besluit.",
    ),
    "page.probability": ("Probability of collision (Baken)", "Botsingskans (Baken)"),
    "page.no_probability": ("not known", "niet bekend"),
    "page.between": ("between {low} and {high}, {region}", "tussen {low} en {high}, {region}"),
    "page.by": ("by {method}, {region}", "volgens {method}, {region}"),
    "page.miss": ("miss", "afstand"),
    "page.speed": ("relative speed", "relatieve snelheid"),
    "page.body": ("hard body", "botsingsstraal"),
    "page.sigma_away": ("miss in sigma", "afstand in sigma"),
    "page.largest": ("largest Pc", "grootste Pc"),
    "page.at_scale": ("{pc} at {scale} × sigma", "{pc} bij {scale} × sigma"),
    "page.method": ("method", "methode"),
    "page.other_methods": ("other methods", "andere methoden"),
    "page.why": ("Shown because:", "Getoond omdat:"),
    "page.plane": ("Encounter plane, 1-2-3 sigma [m]", "Ontmoetingsvlak, 1-2-3 sigma [m]"),
    "page.no_plane": ("no encounter plane", "geen ontmoetingsvlak"),
    "page.horizontal": ("across the relative velocity [m]", "dwars op de relatieve snelheid [m]"),
    "page.radial": ("radial, projected [m]", "radiaal, geprojecteerd [m]"),
    "page.hard_body": ("hard body {radius} m", "botsingsstraal {radius} m"),
    "page.history": (
        "Pc and miss over time (filled: Baken; open: as sent)",
        "Pc en afstand in de tijd (vol: Baken; open: zoals gestuurd)",
    ),
    "page.miss_km": ("miss [km]", "afstand [km]"),
    "page.hours_before": ("hours before closest approach", "uren voor de dichtste nadering"),
    "page.dilution": (
        "Pc if the uncertainty were scaled (shaded: diluted)",
        "Pc bij geschaalde onzekerheid (getint: verdund)",
    ),
    "page.no_dilution": ("no dilution curve", "geen verdunningskromme"),
    "page.scale": ("scale of all sigmas", "schaal van alle sigma's"),
    "page.approach": (
        "Approach in RTN of {first}, 1 sigma",
        "Nadering in RTN van {first}, 1 sigma",
    ),
    "page.concerned": ("Who is concerned", "Wie het aangaat"),
    "page.name": ("name", "naam"),
    "page.number": ("catalogue number", "catalogusnummer"),
    "page.kind": ("kind", "soort"),
    "page.operator": ("operator", "exploitant"),
    "page.contact": ("contact", "contact"),
    "page.manoeuvrable": ("can manoeuvre", "kan manoeuvreren"),
    "page.age": ("data age at closest approach", "leeftijd gegevens bij nadering"),
    "page.covariance": ("covariance", "covariantie"),
    "page.not_said": ("not said", "niet vermeld"),
    "page.checks": ("What the 2-D method takes for granted", "Wat de 2-D-methode aanneemt"),
    "page.updates": ("What each originator says now", "Wat elke afzender nu zegt"),
    "page.originator": ("originator", "afzender"),
    "page.made": ("made (age now)", "gemaakt (leeftijd nu)"),
    "page.pc_said": ("Pc sent", "Pc gestuurd"),
    "page.pc_baken": ("Pc Baken", "Pc Baken"),
    "page.superseded": ("{count} superseded, kept", "{count} vervangen, bewaard"),
    "page.options": ("What could be done", "Wat er gedaan kan worden"),
    "page.option.burn": ("burn", "stuwing"),
    "page.option.when": ("at, before TCA", "om, voor nadering"),
    "page.option.delta_v": ("Δv [m/s]", "Δv [m/s]"),
    "page.option.after": ("Pc after", "Pc erna"),
    "page.option.others": ("others met", "andere naderingen"),
    "page.option.not_looked": ("not looked", "niet bekeken"),
    "page.options.none": (
        "No options were computed for this page: baken cdm avoid FILE.",
        "Voor deze bladzijde zijn geen opties berekend: baken cdm avoid BESTAND.",
    ),
    "page.options.latest": (
        "Listed in order of time, not of preference. Pc before {before}, wanted {wanted}; latest burn that "
        "reaches it {latest}.",
        "Op volgorde van tijd, niet van voorkeur. Pc vooraf {before}, gewenst {wanted}; laatste stuwing die "
        "dat haalt {latest}.",
    ),
    "page.never": ("none does", "geen enkele"),
    "page.assumptions": ("Assumptions and remarks", "Aannamen en opmerkingen"),
    "page.alt.plane": (
        "Encounter plane: hard body at the centre, miss with its sigma ellipses, earlier updates as a trail",
        "Ontmoetingsvlak: botsingsstraal in het midden, afstand met sigma-ellipsen, eerdere als spoor",
    ),
    "page.alt.history": (
        "Probability and miss of each originator's updates against the hours left",
        "Kans en afstand volgens elke afzender tegen de resterende uren",
    ),
    "page.alt.dilution": (
        "Probability against a scale of the uncertainty, with its maximum",
        "Kans tegen een schaal van de onzekerheid, met het maximum",
    ),
    "page.alt.approach": (
        "The second object's way past the first one",
        "De weg van het tweede object langs het eerste",
    ),
    "check.held": ("✓", "✓"),
    "check.failed": ("✗", "✗"),
    "check.untested": ("–", "–"),
    "check.states_agree_with_miss_distance": ("states agree with the miss", "toestanden kloppen met afstand"),
    "check.tca_is_closest_approach": ("TCA is the closest approach", "TCA is de dichtste nadering"),
    "check.covariance_given": ("both covariances given", "beide covarianties gegeven"),
    "check.covariance_positive_definite": ("covariances can be", "covarianties kunnen bestaan"),
    "check.covariance_small_beside_orbit": ("uncertainty small", "onzekerheid klein"),
    "check.short_encounter": ("short encounter", "korte ontmoeting"),
    "check.straight_relative_path": ("straight path", "rechte weg"),
    "check.straight_uncertainty": ("straight uncertainty", "rechte onzekerheid"),
    "check.agrees_with_three_dimensions": ("agrees with 3-D", "klopt met 3-D"),
    "assumed": ("assumed, noticed", "aangenomen, opgemerkt"),
    "assessed.by": ("by, region", "volgens, gebied"),
    "assessed.between": ("between {low} and {high}", "tussen {low} en {high}"),
    "said.states_agree_with_miss_distance": (
        "states are {states} m apart, the message says {message} m",
        "toestanden liggen {states} m uiteen, het bericht zegt {message} m",
    ),
    "said.tca_is_closest_approach": (
        "nearest {offset} s from the TCA of the message",
        "dichtste nadering {offset} s van de TCA van het bericht",
    ),
    "said.covariance_given": (
        "{n} of 2 objects have a covariance",
        "{n} van 2 objecten hebben een covariantie",
    ),
    "said.covariance_positive_definite": (
        "{n} of {all} have a variance that is not above zero",
        "{n} van {all} hebben een variantie die niet boven nul ligt",
    ),
    "said.covariance_small_beside_orbit": (
        "largest sigma is {share} of the distance from the Earth's centre",
        "grootste sigma is {share} van de afstand tot het middelpunt van de aarde",
    ),
    "said.short_encounter": (
        "passing takes {duration} s, {share} of a revolution",
        "het passeren duurt {duration} s, {share} van een omloop",
    ),
    "said.straight_relative_path": (
        "gravity bends the path by {bend} m; narrow sigma is {sigma} m",
        "zwaartekracht buigt de weg {bend} m; smalle sigma is {sigma} m",
    ),
    "said.straight_uncertainty": (
        "one sigma of it bends by {bend} m; narrow sigma is {sigma} m",
        "één sigma ervan buigt {bend} m; smalle sigma is {sigma} m",
    ),
    "said.agrees_with_three_dimensions": ("2-D {flat}, 3-D {full}", "2-D {flat}, 3-D {full}"),
    "said.one_has_no_answer": ("one of the two has no answer", "een van beide heeft geen antwoord"),
    "said.hard_body": (
        "hard body: a sphere of {radius} m ({source})",
        "botsingslichaam: een bol van {radius} m ({source})",
    ),
    "said.from_orbits": (
        "states from the element sets kept now; covariance ESTIMATED from differences of element sets",
        "toestanden uit de baangegevens die nu bewaard zijn; covariantie GESCHAT uit verschillen daartussen",
    ),
    "said.from_old_orbits": (
        "states from the element sets kept now, which are too old to estimate a covariance from",
        "toestanden uit de baangegevens die nu bewaard zijn; te oud om een covariantie uit te schatten",
    ),
    "said.independent_errors": (
        "errors of the two objects Gaussian, and independent",
        "fouten van beide objecten normaal verdeeld, en onafhankelijk",
    ),
    "said.scaled_covariances": (
        "standard deviations of the first object times {first}, of the second times {second}",
        "standaardafwijkingen van het eerste object maal {first}, van het tweede maal {second}",
    ),
    "said.two_dimensions": (
        "2-D (Foster 1992): straight relative path, covariance constant while the objects pass",
        "2-D (Foster 1992): rechte relatieve weg, covariantie constant tijdens het passeren",
    ),
    "said.three_dimensions": (
        "3-D (Hall 2021): errors Gaussian in equinoctial elements, two-body motion, a quarter of a "
        "revolution to each side; an expected number of collisions, which a probability never exceeds",
        "3-D (Hall 2021): fouten normaal verdeeld in equinoctiale elementen, tweelichamenbeweging, een kwart "
        "omloop naar elke kant; een verwacht aantal botsingen, dat een kans nooit overschrijdt",
    ),
    "said.shared_density_error": (
        "the message tells of density errors that both objects share (DCP); they are not applied",
        "het bericht noemt dichtheidsfouten die beide objecten delen (DCP); die zijn niet toegepast",
    ),
    "said.clipped_plane": (
        "the covariance in the encounter plane had a variance too small to be one; it was raised "
        "(clip_eigenvalues_hall_2017)",
        "de covariantie in het ontmoetingsvlak had een te kleine variantie; die is verhoogd "
        "(clip_eigenvalues_hall_2017)",
    ),
    "said.clipped_state": (
        "a covariance of a state was not positive definite; for the 3-D method it was mended "
        "(clip_eigenvalues_hall_2017)",
        "een covariantie van een toestand was niet positief definiet; voor de 3-D-methode is zij hersteld "
        "(clip_eigenvalues_hall_2017)",
    ),
    "said.three_dimensions_not_converged": (
        "the 3-D integral did not converge",
        "de 3-D-integraal convergeerde niet",
    ),
    "said.three_dimensions_not_positive_definite": (
        "the 3-D method finds no variance in some direction",
        "de 3-D-methode vindt in een richting geen variantie",
    ),
    "said.three_dimensions_not_closed": (
        "one of the orbits is no ellipse, and the 3-D method needs two",
        "een van de banen is geen ellips, en de 3-D-methode heeft er twee nodig",
    ),
    "said.three_dimensions_unknown_input": (
        "a number is missing for the 3-D method",
        "voor de 3-D-methode ontbreekt een getal",
    ),
    "said.largest_over_other": (
        "ceiling: largest 2-D probability over all covariances of the object that has none (Frisbee 2015)",
        "plafond: grootste 2-D-kans over alle covarianties van het object zonder covariantie (Frisbee 2015)",
    ),
    "said.largest_over_sizes": (
        "ceiling: largest 2-D probability over all sizes of a covariance shaped {shape} m (RTN, each); "
        "another shape may allow more",
        "plafond: grootste 2-D-kans over alle groottes van een covariantie met vorm {shape} m (RTN, elk); "
        "een andere vorm kan meer toelaten",
    ),
    "said.monte_carlo": (
        "{method}: {hits} of {samples} pairs collided (seed {seed}); {confidence} % interval {low} to {high}",
        "{method}: {hits} van {samples} paren botsten (beginwaarde {seed}); {confidence} %-interval {low} "
        "tot {high}",
    ),
    "said.nothing_to_sample": (
        "Monte Carlo needs two closed orbits, and covariances that leave them so",
        "Monte Carlo heeft twee gesloten banen nodig, en covarianties die dat zo laten",
    ),
    "said.no_velocity_covariance": (
        "the covariances say nothing of velocities, which the 3-D method then takes as exact",
        "de covarianties zeggen niets over snelheden, die de 3-D-methode dan als exact neemt",
    ),
    "source.asked for": ("asked for", "gevraagd"),
    "source.in the message": ("in the message", "in het bericht"),
    "source.size data": ("size data", "gemeten"),
    "source.AREA_PC of the message": ("AREA_PC of the message", "AREA_PC van het bericht"),
    "source.default for payload": ("default for payload", "standaard voor satelliet"),
    "source.default for rocket body": ("default for rocket body", "standaard voor rakettrap"),
    "source.default for debris": ("default for debris", "standaard voor brokstuk"),
    "source.default for unknown": ("default for unknown", "standaard voor onbekend"),
    "yes.YES": ("yes", "ja"),
    "yes.NO": ("no", "nee"),
    "yes.N/A": ("not said", "niet vermeld"),
}
