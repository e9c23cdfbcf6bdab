"""The words of looking back on a response and of the drafts of its reports, in English and Dutch."""

AFTER_ACTION_WORDS = {
    "after.title": ("After-action report: {title}", "Evaluatie van het optreden: {title}"),
    "after.head": ("After-action report {incident}, as of {now}", "Evaluatie {incident}, stand {now}"),
    "after.foot": (
        "Made by Baken {version} from the {count} entries of the log about this response, nothing else.",
        "Gemaakt door Baken {version} uit de {count} aantekeningen in het logboek over dit optreden.",
    ),
    "after.subtitle": ("{kind} · severity: {severity} · {stage}", "{kind} · ernst: {severity} · {stage}"),
    "after.nobody": ("nobody", "niemand"),
    "after.open_role": ("nobody is named", "niemand aangewezen"),
    # The head.
    "after.fact.incident": ("Incident", "Incident"),
    "after.fact.plan": ("Plan", "Plan"),
    "after.fact.mechanism": ("Mechanism", "Mechanisme"),
    "after.fact.begun": ("Begun", "Begonnen"),
    "after.fact.stood_down": ("Stood down", "Afgeschaald"),
    "after.fact.severity": ("Severity", "Ernst"),
    "after.plan": ("{plan} ({plan_id})", "{plan} ({plan_id})"),
    "after.mechanism": ("{mechanism}, version {version}", "{mechanism}, versie {version}"),
    "after.illustrative": (
        "ILLUSTRATIVE: nobody has adopted this mechanism",
        "TER ILLUSTRATIE: niemand heeft dit mechanisme vastgesteld",
    ),
    "after.by_at": ("{when}, by {who}", "{when}, door {who}"),
    "after.by_at_because": ("{when}, by {who}: {because}", "{when}, door {who}: {because}"),
    "after.still_open": ("not yet", "nog niet"),
    # Sections.
    "after.section.tasks": ("Tasks", "Taken"),
    "after.section.passed_on": ("What went on to somebody else", "Wat naar een ander ging"),
    "after.section.letters": ("Letters", "Brieven"),
    "after.section.situations": ("Situation reports", "Situatierapporten"),
    "after.section.requests": ("Requests", "Verzoeken"),
    "after.section.decisions": ("Decisions", "Besluiten"),
    "after.section.roles": ("Roles that were open", "Rollen die open stonden"),
    "after.section.chronicle": (
        "What was due, what happened, when",
        "Wat er moest gebeuren, wat er gebeurde, en wanneer",
    ),
    "after.section.lessons": ("Lessons", "Lessen"),
    # Tasks.
    "after.tasks.none": ("No task was asked of anybody.", "Er is niemand een taak gevraagd."),
    "after.tasks.asked": (
        "{count} tasks were asked: {parts}.",
        "Er zijn {count} taken gevraagd: {parts}.",
    ),
    "after.tasks.asked.one": ("One task was asked: {parts}.", "Er is één taak gevraagd: {parts}."),
    "after.part.in_time": ("{count} done in time", "{count} op tijd gedaan"),
    "after.part.done_late": ("{count} done late", "{count} te laat gedaan"),
    "after.part.without_clock": (
        "{count} done that had no deadline",
        "{count} gedaan zonder uiterste tijd",
    ),
    "after.part.overdue": ("{count} not done when due", "{count} niet gedaan toen het moest"),
    "after.part.open": ("{count} open and not yet due", "{count} open en nog niet aan de tijd"),
    "after.part.dropped": ("{count} dropped", "{count} geschrapt"),
    "after.tasks.not_needed": (
        "{count} were not needed, as decided before them.",
        "{count} taken waren niet nodig, door wat eerder was besloten.",
    ),
    "after.tasks.not_needed.one": (
        "One was not needed, as decided before it.",
        "Eén taak was niet nodig, door wat eerder was besloten.",
    ),
    "after.tasks.never_asked": (
        "{count} were never asked for: what they wait for did not happen, or the incident was not so grave.",
        "{count} taken zijn nooit gevraagd: waar ze op wachten kwam niet, of het was minder ernstig.",
    ),
    "after.tasks.never_asked.one": (
        "One was never asked for: what it waits for did not happen, or the incident was not so grave.",
        "Eén taak is nooit gevraagd: waar hij op wacht kwam niet, of het incident was minder ernstig.",
    ),
    "after.tasks.lapsed": (
        "{count} of what was decided lapsed, because nobody upheld it in time.",
        "{count} besluiten zijn vervallen, omdat niemand ze op tijd bekrachtigde.",
    ),
    "after.tasks.lapsed.one": (
        "One decision lapsed, because nobody upheld it in time.",
        "Eén besluit is vervallen, omdat niemand het op tijd bekrachtigde.",
    ),
    "after.tasks.late": ("“{what}” was done {late} late.", "“{what}” is {late} te laat gedaan."),
    "after.tasks.overdue": (
        "“{what}” was due {late} before this report, and is not done.",
        "“{what}” had {late} voor dit rapport gedaan moeten zijn, en is niet gedaan.",
    ),
    "after.tasks.overdue_then": (
        "“{what}” was due {late} before the plan was stood down, and was not done.",
        "“{what}” had {late} voor het afschalen gedaan moeten zijn, en is niet gedaan.",
    ),
    # Escalations.
    "after.passed_on.none": (
        "Nothing had to go on to another role.",
        "Niets hoefde naar een andere rol te gaan.",
    ),
    "after.passed_on": (
        "{when}: “{what}” went on from {one} to {other}: {missed}.",
        "{when}: “{what}” ging van {one} naar {other}: {missed}.",
    ),
    "after.passed_on.open": (
        "{when}: “{what}”, for which the plan names nobody, went to {other}.",
        "{when}: “{what}”, waarvoor het plan niemand aanwijst, ging naar {other}.",
    ),
    # Letters.
    "after.letters.none": ("No letter was written.", "Er is geen brief geschreven."),
    "after.letters.written": (
        "{count} letters were written; {arrived} arrived and {acknowledged} were acknowledged.",
        "Er zijn {count} brieven geschreven; {arrived} kwamen aan en {acknowledged} zijn bevestigd.",
    ),
    "after.letters.written.one": (
        "One letter was written; {arrived} arrived and {acknowledged} was acknowledged.",
        "Er is één brief geschreven; {arrived} kwam aan en {acknowledged} is bevestigd.",
    ),
    "after.letters.tries": (
        "Sending them took {count} tries: {parts}.",
        "Het versturen kostte {count} pogingen: {parts}.",
    ),
    "after.part.failed": ("{count} failed", "{count} mislukten"),
    "after.part.refused": ("{count} were refused", "{count} zijn geweigerd"),
    "after.part.interrupted": (
        "of {count} it is not known how they ended",
        "van {count} is de afloop niet bekend",
    ),
    "after.letters.telephone": (
        "{count} were told over the telephone.",
        "{count} zijn per telefoon doorgegeven.",
    ),
    "after.letters.telephone.one": (
        "One was told over the telephone.",
        "Eén is per telefoon doorgegeven.",
    ),
    "after.letters.acknowledged": (
        "From arrival to acknowledgement it took {median} as a median, and {longest} at most.",
        "Van aankomst tot bevestiging duurde het {median} (mediaan), en hoogstens {longest}.",
    ),
    "after.letters.not_acknowledged": (
        "Letters that arrived and were not acknowledged, by role: {names}.",
        "Brieven die aankwamen en niet zijn bevestigd, per rol: {names}.",
    ),
    "after.letters.not_approved": (
        "{count} waited for a person's approval and did not go.",
        "{count} wachtten op goedkeuring door een mens en gingen niet.",
    ),
    "after.letters.not_approved.one": (
        "One waited for a person's approval and did not go.",
        "Eén wachtte op goedkeuring door een mens en ging niet.",
    ),
    "after.letters.not_arrived": (
        "{count} that were approved did not arrive.",
        "{count} die goedgekeurd waren kwamen niet aan.",
    ),
    "after.letters.not_arrived.one": (
        "One that was approved did not arrive.",
        "Eén die goedgekeurd was kwam niet aan.",
    ),
    "after.letters.withdrawn": ("{count} were withdrawn.", "{count} zijn ingetrokken."),
    "after.letters.withdrawn.one": ("One was withdrawn.", "Eén is ingetrokken."),
    # Situation reports.
    "after.situations.none": ("The plan has none.", "Het plan kent ze niet."),
    "after.situations.no_time": (
        "No report was due before the response ended.",
        "Er hoefde er geen te zijn voor het optreden eindigde.",
    ),
    "after.situations.no_time_yet": ("No report was due yet.", "Er hoefde er nog geen te zijn."),
    "after.situations": (
        "{count} were due: {parts}.",
        "Er moesten er {count} zijn: {parts}.",
    ),
    "after.situations.one": ("One was due: {parts}.", "Er moest er één zijn: {parts}."),
    "after.part.made": ("{count} made", "{count} gemaakt"),
    "after.part.made_late": ("{count} of them late", "waarvan {count} te laat"),
    "after.part.missed": ("{count} not made", "{count} niet gemaakt"),
    "after.part.not_called": (
        "{count} for which no call stands in the log",
        "{count} waarvoor geen oproep in het logboek staat",
    ),
    "after.situations.put_off": (
        "{count} were put off by a person.",
        "{count} zijn door een mens uitgesteld.",
    ),
    "after.situations.put_off.one": ("One was put off by a person.", "Eén is door een mens uitgesteld."),
    # Requests and decisions.
    "after.requests.none": ("Nothing was asked of others.", "Er is anderen niets gevraagd."),
    "after.request": (
        "{request}, {kind}, of {of}, by {by} at {asked}: {purpose}. Due {due}; {stage}{answer}.",
        "{request}, {kind}, aan {of}, door {by} om {asked}: {purpose}. Uiterlijk {due}; {stage}{answer}.",
    ),
    "after.request.answer": (" at {when}: {answer}", " om {when}: {answer}"),
    "after.request.late": (" at {when}, {late} late: {answer}", " om {when}, {late} te laat: {answer}"),
    "after.decisions.none": ("Nothing was decided.", "Er is niets besloten."),
    "after.decision": (
        "{when}: “{what}”: {outcome}, decided by {who}: {because}{lapsed}",
        "{when}: “{what}”: {outcome}, besloten door {who}: {because}{lapsed}",
    ),
    "after.decision.lapsed": ("; lapsed at {when}", "; vervallen om {when}"),
    "after.roles.none": (
        "Every task that was asked had a role, and every role had a contact or somebody on duty.",
        "Elke gevraagde taak had een rol, en elke rol had een contact of iemand met dienst.",
    ),
    "after.roles.unassigned": (
        "The plan names nobody for “{what}”: {because}",
        "Het plan wijst niemand aan voor “{what}”: {because}",
    ),
    "after.roles.vacant": (
        "For {role} there was no contact, and nobody on duty.",
        "Voor {role} was er geen contact, en niemand met dienst.",
    ),
    # The chronicle.
    "after.column.when": ("When (UTC)", "Wanneer (UTC)"),
    "after.column.what": ("What happened", "Wat er gebeurde"),
    "after.column.who": ("Who", "Wie"),
    "after.column.due": ("Due (UTC)", "Uiterlijk (UTC)"),
    "after.column.late": ("Late by", "Te laat"),
    "after.happened.started": ("The response began", "Het optreden begon"),
    "after.happened.asked": ("Asked: {what}", "Gevraagd: {what}"),
    "after.happened.asked.by": ("{what} (by {due})", "{what} (uiterlijk {due})"),
    "after.happened.passed-on": ("Went on to the next, {missed}: {what}", "Ging door, {missed}: {what}"),
    "after.happened.taken": ("Taken on: {what}", "Opgepakt: {what}"),
    "after.happened.done": ("Done: {what}", "Gedaan: {what}"),
    "after.happened.decided": ("Decided: {what}: {outcome}", "Besloten: {what}: {outcome}"),
    "after.happened.dropped": ("Dropped: {what}", "Geschrapt: {what}"),
    "after.happened.lapsed": ("Lapsed: {what}", "Vervallen: {what}"),
    "after.happened.reported": ("Situation report {what} made", "Situatierapport {what} gemaakt"),
    "after.happened.requested": ("Request {what} made", "Verzoek {what} gedaan"),
    "after.happened.answered": ("Request {what} {outcome}", "Verzoek {what} {outcome}"),
    "after.happened.arrived-late": (
        "Letter arrived after {tries} tries, the last by {outcome}: {what}",
        "Brief aangekomen na {tries} pogingen, de laatste per {outcome}: {what}",
    ),
    "after.happened.not-arrived": (
        "Letter not arrived after {tries} tries, the last by {outcome}: {what}",
        "Brief niet aangekomen na {tries} pogingen, de laatste per {outcome}: {what}",
    ),
    "after.happened.stood-down": ("The plan was stood down", "Het plan is afgeschaald"),
    "after.happened.not-done": ("NOT DONE when due: {what}", "NIET GEDAAN toen het moest: {what}"),
    "after.happened.not-reported": (
        "Situation report {what} NOT MADE when due",
        "Situatierapport {what} NIET GEMAAKT toen het moest",
    ),
    "after.happened.not-answered": (
        "Request {what} NOT ANSWERED when due",
        "Verzoek {what} NIET BEANTWOORD toen het moest",
    ),
    "after.way.smtp": ("mail", "e-mail"),
    "after.way.webhook": ("web service", "webdienst"),
    "after.way.folder": ("folder", "map"),
    "after.way.telephone": ("telephone", "telefoon"),
    # Lessons.
    "after.lesson.id": ("No.", "Nr."),
    "after.lesson.text": ("Lesson", "Les"),
    "after.lesson.owner": ("Owner", "Eigenaar"),
    "after.lesson.due": ("Due", "Uiterlijk"),
    "after.lesson.state": ("State", "Stand"),
    "after.lesson.open": ("open", "open"),
    "after.lesson.closed": ("closed {when}: {because}", "afgesloten {when}: {because}"),
    "after.lessons.none": ("No lesson has been noted.", "Er is geen les genoteerd."),
    # The draft of a situation report.
    "draft.head": (
        "DRAFT of situation report {number} of “{plan}”, as of {now}; since {since}.",
        "CONCEPT van situatierapport {number} van “{plan}”, stand {now}; sinds {since}.",
    ),
    "draft.only_tasks": (
        "This draft speaks of tasks alone, not of facts. Read it, change it, and make it yours.",
        "Dit concept gaat alleen over taken, niet over feiten. Lees het, wijzig het, en maak het van uzelf.",
    ),
    "draft.tasks": (
        "Of {count} tasks {done} are done, {open} are open and {overdue} are overdue.",
        "Van {count} taken zijn er {done} gedaan, {open} open en {overdue} te laat.",
    ),
    "draft.done": ("Done since: {names}.", "Sindsdien gedaan: {names}."),
    "draft.begun": ("Asked since: {names}.", "Sindsdien gevraagd: {names}."),
    "draft.dropped": ("Dropped since: {names}.", "Sindsdien geschrapt: {names}."),
    "draft.overdue": ("Overdue: {names}.", "Te laat: {names}."),
    "draft.overdue.one": ("{what}, since {due}", "{what}, sinds {due}"),
    "draft.passed_on": ("Went on since: {names}.", "Sindsdien doorgegaan: {names}."),
    "draft.passed_on.one": ("{what}, to {other} ({missed})", "{what}, naar {other} ({missed})"),
    "draft.decided": ("Decided since: {names}.", "Sindsdien besloten: {names}."),
    "draft.decided.one": ("{what}: {outcome}", "{what}: {outcome}"),
    "draft.unanswered": (
        "Letters that arrived and were not acknowledged, by role: {names}.",
        "Brieven die aankwamen en niet zijn bevestigd, per rol: {names}.",
    ),
    "draft.clocks": ("What is due next: {names}.", "Wat hierna moet: {names}."),
    "draft.clock": ("{what}, {when}", "{what}, {when}"),
    "draft.nothing": ("Nothing changed since.", "Sindsdien is niets veranderd."),
    # Clocks.
    "clock.acknowledge": ("To be acknowledged: {what}", "Te bevestigen: {what}"),
    "clock.task": ("Due: {what}", "Uiterlijk: {what}"),
    "clock.lapse": ("Lapses: {what}", "Vervalt: {what}"),
    "clock.situation": ("Situation report {what} due", "Situatierapport {what} moet er zijn"),
    "clock.request": ("Answer to request {what} due", "Antwoord op verzoek {what} moet er zijn"),
    "clock.about": ("{incident}, {plan}. For: {role}.", "{incident}, {plan}. Voor: {role}."),
    "clock.about.request": ("{incident}. Asked of: {role}.", "{incident}. Gevraagd aan: {role}."),
}
