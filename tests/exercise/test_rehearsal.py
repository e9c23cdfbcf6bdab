"""Does a rehearsal play the same twice, and as the clocks of the plan say it should?"""

from baken.exercise.rehearsal import (
    Cast,
    Habit,
    InventedPost,
    Outage,
    invented_directory,
    invented_mail,
    rehearse_until,
)
from baken.operations.send_notices import Mail
from baken.operations.work_on_task import approve_call_outs
from baken.records.marking import Realm
from baken.records.response import Way
from baken.records.response_standing import AttemptEnd, NoticeKind, NoticeStage, TaskStage
from baken.respond.mechanism_file import read_mechanism
from tests.respond.desk_play import Play, at_minute, ladder_of, minute_of
from tests.respond.written_mechanisms import WHOLE

DIRECTORY = invented_directory(read_mechanism(WHOLE))
SILENT = Habit(acknowledges_after_s=None)
A_DAY = 24 * 60
NO_MAIL = Outage(way=Way.SMTP, from_tai_ns=at_minute(0), to_tai_ns=at_minute(60))


def rehearsed(cast: Cast) -> tuple[Play, Mail]:
    play = Play(WHOLE, DIRECTORY, Realm.EXERCISE)
    approve_call_outs(play.desk("officer", 0), play.case, "it is a rehearsal")
    mail = invented_mail(DIRECTORY, cast, "NL")
    rehearse_until(play.desk_at, play.case, mail, cast, at_minute(0), at_minute(A_DAY))
    return play, mail


def test_the_same_cast_leaves_the_same_log_twice() -> None:
    cast = Cast(habits={"duty": SILENT}, outages=(NO_MAIL,))
    (one, _), (other, _) = rehearsed(cast), rehearsed(cast)
    assert one.log.entries(Realm.EXERCISE) == other.log.entries(Realm.EXERCISE)
    assert one.log.leaf_hashes(Realm.EXERCISE) == other.log.leaf_hashes(Realm.EXERCISE)


def test_a_silent_duty_officer_is_passed_over_when_his_time_is_up() -> None:
    play, _ = rehearsed(Cast(habits={"duty": SILENT, "deputy": SILENT}))
    assert ladder_of(play.of("look")) == [
        ("deputy", "not-acknowledged", 15.0),
        ("chief", "not-acknowledged", 30.0),
    ]
    # The chief answers after three minutes and is done after twenty more.
    assert minute_of(play.of("look").ended_at_tai_ns) == 53.0
    assert play.of("look").ended_by == "chief"


def test_a_decision_of_the_cast_chooses_its_branch() -> None:
    play, _ = rehearsed(Cast(decides={"decide": "no"}))
    assert (play.of("do").stage, play.of("otherwise").stage) == (TaskStage.NOT_NEEDED, TaskStage.DONE)


def test_without_mail_for_an_hour_each_letter_is_told_once_by_telephone() -> None:
    play, mail = rehearsed(Cast(outages=(NO_MAIL,)))
    for notice in play.found.notices:
        assert notice.stage in (NoticeStage.SENT, NoticeStage.ACKNOWLEDGED), notice.key
        assert [attempt.end for attempt in notice.attempts].count(AttemptEnd.ARRIVED) == 1
    first = next(notice for notice in play.found.notices if notice.kind is NoticeKind.CALL_OUT)
    # Tried at 0, 1 and 3 minutes; five minutes later somebody telephones, and is answered three minutes on.
    assert [minute_of(attempt.began_at_tai_ns) for attempt in first.attempts] == [0, 1, 3, 8]
    assert first.attempts[-1].way is Way.TELEPHONE
    assert minute_of(play.of("look").taken_at_tai_ns) == 11.0
    post = mail.transports["smtp"]
    assert isinstance(post, InventedPost)
    assert post.n_sent == len(post.taken)
