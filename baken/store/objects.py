"""Objects and the names they bear, as they stand in the store."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, select, update

from baken.operations.unknown_names import no_such_object
from baken.records.identity import Designator, Identity
from baken.records.marking import Realm
from baken.store.identities import COSPAR, NORAD, OBJECT, Register
from baken.store.rows import insert_rows
from baken.store.tables import designators, objects

Facts: TypeAlias = Mapping[str, object]  # by object id


def register_of(connection: Connection, realm: Realm) -> Register:
    """Return who bears which name in a realm."""
    callings = select(objects.c.object_id, objects.c.name).where(objects.c.realm == realm.value)
    names = (
        select(designators.c.scheme, designators.c.value, designators.c.object_id)
        .where(designators.c.realm == realm.value)
        .order_by(designators.c.scheme, designators.c.value)
    )
    register = Register()
    register.read(
        ((object_id, name) for object_id, name in connection.execute(callings)),
        ((scheme, value, object_id) for scheme, value, object_id in connection.execute(names)),
    )
    return register


def keep_register(connection: Connection, realm: Realm, register: Register) -> None:
    """Keep what a register learnt."""
    learnt: dict[str, Facts] = {
        "norad_cat_id": {one: int(value) for one, value in register.first_names(NORAD).items()},
        "cospar_id": register.first_names(COSPAR),
        "name": {one: register.calling[one] for one in register.renamed},
    }
    enrolled = dict.fromkeys(register.new_objects)
    for column, facts in learnt.items():
        _set(connection, realm, column, {one: fact for one, fact in facts.items() if one not in enrolled})
    insert_rows(
        connection,
        objects,
        [
            {
                "realm": realm.value,
                "object_id": one,
                **{name: facts.get(one) for name, facts in learnt.items()},
            }
            for one in enrolled
        ],
    )
    insert_rows(
        connection,
        designators,
        [
            {"realm": realm.value, "scheme": scheme, "value": value, "object_id": object_id}
            for (scheme, value), object_id in register.new_names.items()
        ],
    )


def _set(connection: Connection, realm: Realm, column: str, facts: Facts) -> None:
    if facts:
        one = and_(objects.c.realm == realm.value, objects.c.object_id == bindparam("of_object"))
        connection.execute(
            update(objects).where(one).values({column: bindparam("fact")}),
            [{"of_object": object_id, "fact": fact} for object_id, fact in facts.items()],
        )


def object_known_as(connection: Connection, scheme: str, value: str, realm: Realm) -> Identity:
    """Return the object that bears a designator."""
    object_id = value if scheme == OBJECT else connection.scalar(_bearer(scheme, value, realm))
    found = _identities(connection, and_(objects.c.realm == realm.value, objects.c.object_id == object_id))
    if not found:
        raise no_such_object(realm, scheme, value)
    return found[0]


def identities(connection: Connection, realm: Realm) -> tuple[Identity, ...]:
    """Return every object of a realm with all its names."""
    return _identities(connection, objects.c.realm == realm.value)


def _bearer(scheme: str, value: str, realm: Realm) -> Select[tuple[str]]:
    return select(designators.c.object_id).where(
        designators.c.realm == realm.value, designators.c.scheme == scheme, designators.c.value == value
    )


def _identities(connection: Connection, which: ColumnElement[bool]) -> tuple[Identity, ...]:
    others: dict[str, list[Designator]] = {}
    names = (
        select(objects.c.object_id, designators.c.scheme, designators.c.value).join(designators).where(which)
    )
    for object_id, scheme, value in connection.execute(
        names.order_by(designators.c.scheme, designators.c.value)
    ):
        others.setdefault(object_id, []).append(Designator(scheme=scheme, value=value))
    rows = connection.execute(select(objects).where(which).order_by(objects.c.object_id)).all()
    return tuple(_identity(row, others.get(row.object_id, [])) for row in rows)


def _identity(row: Row[Any], names: list[Designator]) -> Identity:
    own = {(NORAD, str(row.norad_cat_id)), (COSPAR, row.cospar_id)}
    return Identity(
        object_id=row.object_id,
        norad_cat_id=row.norad_cat_id,
        cospar_id=row.cospar_id,
        name=row.name,
        others=tuple(name for name in names if (name.scheme, name.value) not in own),
    )
