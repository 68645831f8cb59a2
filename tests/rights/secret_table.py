"""Which kind of user may meet which secret of the permission world.

One letter per actor, in the order of `permission_table.ACTORS`: + may meet it, - never.
`shared` is the full record of a signed agreement, an event with its parts, a realisasi of a
signed agreement; `inner` are drafts, notes, internal contacts, follow-ups, persons to call, what
lies in the Sampah, and events and realisasi nobody else takes part in; `account` are user names
and addresses of colleagues, known to who keeps their accounts.

A card of a signed agreement (title, parties, dates, status) is no secret. Papers of a Kanwil or of
Ditjenpas flow down, their events do not.
"""

from tests.rights.permission_table import ACTORS

TABLE = """
jember     shared   --- +-++ +- + ++
jember     inner    --- +-++ +- - ++
jember     account  --- ---- +- - ++
purwodadi  shared   --- -+-+ -+ - ++
purwodadi  inner    --- -+-+ -+ - ++
purwodadi  account  --- ---- -+ - ++
ciamis     shared   --- ---+ -- + ++
ciamis     inner    --- ---+ -- + ++
ciamis     account  --- ---- -- - ++
kanwil     shared   --- +-++ +- - ++
kanwil     inner    --- --++ +- - ++
kanwil     account  --- ---- -- - ++
pusat      shared   --- ++++ ++ + ++
pusat      inner    --- ---+ -- - ++
pusat      account  --- ---- -- - ++
"""

MAY_MEET: dict[tuple[str, str], frozenset[str]] = {
    (keeper, depth): frozenset(
        actor for actor, letter in zip(ACTORS, "".join(letters), strict=True) if letter == "+"
    )
    for keeper, depth, *letters in map(str.split, TABLE.strip().splitlines())
}
