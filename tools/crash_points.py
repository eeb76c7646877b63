# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The moments in the life of a report at which the sending process is killed."""

from dataclasses import dataclass, field

SENDER = "ubyport.sender"
LINE = "ubyport.report.line"


@dataclass(frozen=True)
class Point:
    """One moment, and what must be found right after the death.

    :param found: the state of every guest of the batch
    :param received: whether the police hold the batch then
    :param kept: whether the answer is kept, so that nothing needs to be repeated
    :param method: "model:method" whose call is the moment; empty when the moment
        lies on the wire, where `fault` of the police holds the call meanwhile
    :param within: a method of the sender; only calls from inside it are counted
    :param count: the how-manieth call it is
    :param after: die when the call has returned, else before it begins
    :param late: the police take the batch after the death, when the fault is over
    """

    title: str
    found: str
    received: bool = False
    kept: bool = False
    method: str = ""
    within: str = ""
    count: int = 1
    after: bool = False
    late: bool = False
    fault: dict = field(default_factory=dict)

    @property
    def reaches_police(self) -> bool:
        return self.received or self.late


POINTS = (
    Point("before the claim", "queued", method=f"{SENDER}:_claim"),
    Point(
        "claim written, not committed",
        "queued",
        method=f"{SENDER}:_commit",
        within="_claim",
    ),
    Point(
        "claim committed, before the call",
        "sending",
        method=f"{SENDER}:_claim",
        after=True,
    ),
    Point(
        "request travels, never arrives",
        "sending",
        fault={"kind": "hang", "seconds": 300},
    ),
    Point(
        "request travels, arrives afterwards",
        "sending",
        late=True,
        fault={"kind": "delay", "seconds": 2},
    ),
    Point(
        "accepted, before the answer",
        "sending",
        received=True,
        fault={"kind": "accept_then_die", "seconds": 300},
    ),
    Point(
        "answered, before the answer is kept",
        "sending",
        received=True,
        method=f"{SENDER}:_keep_answer",
    ),
    Point(
        "answer kept, before the verdict",
        "sending",
        received=True,
        kept=True,
        method=f"{SENDER}:_settle",
    ),
    Point(
        "in the middle of the verdict",
        "sending",
        received=True,
        kept=True,
        method=f"{LINE}:write",
        within="_settle_answer",
        count=1,
        after=True,
    ),
    Point(
        "verdict written, not committed",
        "sending",
        received=True,
        kept=True,
        method=f"{SENDER}:_commit",
        within="_settle",
    ),
    Point(
        "verdict committed",
        "reported",
        received=True,
        method=f"{SENDER}:_settle",
        after=True,
    ),
)
