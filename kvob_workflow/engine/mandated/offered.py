"""What of the engine is nobody's under a mandate, and why?

What is neither in `Mandated` nor here fails a test: a new method of the engine is nobody's until
somebody says whose it is.
"""

from typing import Final

NOT_OFFERED: Final = {
    "open": "opens an engine; a mandate is one on an engine that is open",
    "close": "ends it for everybody",
    "start": "the host's own start-up",
    "under": "gives a mandate; who has one makes no other",
    "dispatcher": "the host's own, with its notifiers",
    "query": "reads any table, and rows of a host's table have no bonds that could be checked",
    "within": "answers about any reach; under a mandate there is one",
    "key_of_text": "finds who asks, before there is a mandate",
    "note_key_used": "notes who asks, before there is a mandate",
    "make_keys": "files beside the store, for who keeps the machine",
    "rotate_master_key": "files beside the store, for who keeps the machine",
    "scrub": "rewrites the files of the store, for who keeps the machine",
}
"""The public methods of the engine that no mandate offers, each with the reason."""
