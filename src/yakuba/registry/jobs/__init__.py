"""Long work (長い仕事): loads, exports, migrations, large outputs, done by worker processes beside the web server.

    number = jobs.start(actor, "load", run="runs/2026-11")     one transaction with an audit row
    state = jobs.state(actor, number)                          what a screen shows while it waits

One kind = one file in registry/jobs/kinds. A job is done inside the wall of its municipality, with the rights its
starter has when it begins; why the queue is our own is told in docs/decisions/job-queue.md. What has to be done every
day for the whole installation is nightly work: one file in registry/jobs/chores.
"""

from yakuba.registry.jobs.asking import cancel, folder, newest, start, state
from yakuba.registry.jobs.night import Done, nightly
from yakuba.registry.jobs.queue import waiting, workers
from yakuba.registry.jobs.state import JobState, State

__all__ = [
    "Done",
    "JobState",
    "State",
    "cancel",
    "folder",
    "newest",
    "nightly",
    "start",
    "state",
    "waiting",
    "workers",
]
