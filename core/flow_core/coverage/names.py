"""The ids of goals, and their words: what a run covers and what can be covered say them alike."""

_WORDS: dict[str, tuple[str, str]] = {
    "ran": ("ran", "never ran"),
    "when:true": ("`when` is true", "`when` is never true"),
    "when:false": ("`when` is false", "`when` is never false"),
    "for_each:none": ("over no element", "never over no element"),
    "for_each:one": ("over one element", "never over one element"),
    "for_each:many": ("over several elements", "never over several elements"),
    "taken": ("taken", "never taken"),
    "declined": ("`when` lets an error pass", "`when` never lets an error pass"),
    "none": ("no branch holds", "some branch always holds"),
    "retry:used": ("retried", "never retried"),
    "retry:exhausted": ("retry exhausted", "retry never exhausted"),
    "retry:declined": ("`retry.when` is false", "`retry.when` is never false"),
    "timeout:cut": ("timed out", "never timed out"),
    "signal:answered": ("answered", "never answered"),
    "signal:timed out": ("timed out without an answer", "never timed out without an answer"),
    "repeat:until": ("`until` holds", "`until` never holds"),
    "repeat:exhausted": ("iterations exhausted", "iterations never exhausted"),
    "compensated": ("runs", "never runs"),
    "uncompensated": ("fails", "never fails"),
    "opened": ("opens", "never opens"),
    "budget:exceeded": ("budget exceeded", "budget never exceeded"),
    "finally:failure": ("`finally` after a failure", "`finally` never after a failure"),
}

DEFAULTS = "(defaults)"
"""The spot of a policy that is written once for all calls: no step has such a name."""
BUDGET = "budget:exceeded"
FINALLY = "finally:failure"


def words(what: str) -> tuple[str, str]:
    """What is said of a goal that was covered and of one that was missed, by the end of its id.

    >>> words("switch[1]:taken")
    ('switch[1] taken', 'switch[1] never taken')
    """
    if what in _WORDS:
        return _WORDS[what]
    part, _, end = what.rpartition(":")
    done, missed = _WORDS[end]
    return (done, missed) if end == "none" else (f"{part} {done}", f"{part} {missed}")


def goal_id(spot: str, what: str) -> str:
    """The id of what happens at a spot.

    >>> goal_id("charge!catch[0]", "retry:used")
    'charge!catch[0].retry:used'
    """
    return f"{spot}.{what}"


def transition_id(source: str, target: str, status: str) -> str:
    """The id of a dependency that lets a step run."""
    return f"{source}->{target}:{status}"


def breaker_id(component: str) -> str:
    """The id of a breaker that opens."""
    return f"breaker({component}):opened"


def elements_id(count: int) -> str:
    """The part of an id that tells how many elements there are."""
    return f"for_each:{'none' if not count else 'one' if count == 1 else 'many'}"
