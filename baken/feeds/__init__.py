"""Fetching from catalogue services, politely.

Nothing here phones home.  A feed is made at the doors with a permit that somebody gave; without one it can
only read what it already has.  Every request is paid from a budget on disk before it leaves, so that neither
a crash nor a second process can ask for more than the service publishes.

    celestrak, space_track   the two services; space_track_query, how a question to the second is spelt
    feed                     one service as one home asks it: cache, queue, conversation
    conversation             log in, ask, wait when it is busy, stop when it wants us to
    rules                    what each service allows, as data
    budget                   what has been spent, and when the next request may go (arithmetic only)
    ledger, till             the budget on disk, and where each request is paid for
    cache                    answers on disk, verified when they are read
    line                     one request over HTTPS: bounded in time and size, never redirected
    answers                  what an answer means
    permit                   who allowed the network, and the switch that takes it away
"""
