"""Who owns a conversation: every legal step, written out as a table.

The gateway owns this, not Rasa's tracker. A step that the table does not name raises and changes nothing.
`python -m bot.desk.ownership` prints the diagram of docs.
"""

from __future__ import annotations

from enum import StrEnum


class Owner(StrEnum):
    """Who answers the customer's next message."""

    BOT = "bot"
    QUEUED = "queued"
    HUMAN = "human"
    CLOSED = "closed"


class Step(StrEnum):
    """What can happen to a conversation's ownership."""

    ASK = "ask"
    """A person is wanted: the customer, an action or a failed part asks."""
    LEAVE = "leave"
    """The customer no longer wants to wait."""
    RESUME = "resume"
    """The failed part is back and nobody has taken the conversation."""
    CLAIM = "claim"
    """An agent takes the conversation."""
    TRANSFER = "transfer"
    """The agent gives it to a colleague."""
    RELEASE = "release"
    """The agent has gone offline: back into the queue, the wait goes on."""
    RETURN = "return"
    """The agent has settled it and hands it back to the bot."""
    CLOSE = "close"
    REOPEN = "reopen"
    """The customer writes again after the end."""


class Speaker(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


START = Owner.BOT

TRANSITIONS: dict[Owner, dict[Step, Owner]] = {
    Owner.BOT: {
        Step.ASK: Owner.QUEUED,
        Step.CLAIM: Owner.HUMAN,  # an agent may step in before the bot gives up
        Step.CLOSE: Owner.CLOSED,
    },
    Owner.QUEUED: {
        Step.ASK: Owner.QUEUED,  # a graver reason may raise the priority while waiting
        Step.LEAVE: Owner.BOT,
        Step.RESUME: Owner.BOT,
        Step.CLAIM: Owner.HUMAN,
        Step.CLOSE: Owner.CLOSED,
    },
    Owner.HUMAN: {
        Step.TRANSFER: Owner.HUMAN,
        Step.RELEASE: Owner.QUEUED,
        Step.RETURN: Owner.BOT,
        Step.CLOSE: Owner.CLOSED,
    },
    # Closed is not terminal: a customer who comes back keeps her transcript, and the bot answers first.
    Owner.CLOSED: {Step.REOPEN: Owner.BOT},
}

MAY_SPEAK: dict[Owner, frozenset[Speaker]] = {
    Owner.BOT: frozenset({Speaker.CUSTOMER, Speaker.BOT, Speaker.SYSTEM}),
    # While nobody is on duty the bot goes on answering (bot.desk.turns); a claim changes the version, which drops
    # whatever it was about to say.
    Owner.QUEUED: frozenset({Speaker.CUSTOMER, Speaker.BOT, Speaker.SYSTEM}),
    Owner.HUMAN: frozenset({Speaker.CUSTOMER, Speaker.AGENT, Speaker.SYSTEM}),
    Owner.CLOSED: frozenset({Speaker.SYSTEM}),  # only the line that marks the end
}


class IllegalStep(Exception):
    """The conversation's owner does not allow this step or speaker."""

    def __init__(self, owner: Owner, step: Step | Speaker) -> None:
        self.owner = owner
        self.step = step
        super().__init__(f"{step.value!r} is not possible while the owner is {owner.value!r}")


def after(owner: Owner, step: Step) -> Owner:
    """The owner after `step`; raises IllegalStep where the table has none."""
    try:
        return TRANSITIONS[owner][step]
    except KeyError:
        raise IllegalStep(owner, step) from None


def check_may_speak(owner: Owner, speaker: Speaker) -> None:
    """Raise IllegalStep when `speaker` must be silent, e.g. the bot once a person is wanted."""
    if speaker not in MAY_SPEAK[owner]:
        raise IllegalStep(owner, speaker)


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {START}"]
    for owner, steps in TRANSITIONS.items():
        lines += [f"    {owner} --> {next_owner}: {step}" for step, next_owner in steps.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(diagram())
