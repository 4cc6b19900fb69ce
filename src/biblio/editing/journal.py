"""What was done in a session, as values: what was done last is undone first, and may be done again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from biblio.editing.works import Work

MOST = 64_000_000  # bytes of files that are kept


@dataclass(frozen=True, slots=True)
class Step:
    """Files that were changed together, and what was said of it.

    Steps about one ``subject``, a field that somebody types in, become one when they follow each other.
    """

    said: str
    works: tuple[Work, ...]
    subject: str = ""

    @property
    def inverse(self) -> Step:
        """The step that makes the files what they were; the last one written goes back first."""
        return replace(self, works=tuple(work.inverse for work in reversed(self.works)))

    def then(self, following: Step) -> Step | None:
        """This step and the next as one; ``None`` where they are two, or are about other files."""
        works = {work.path: work for work in following.works}
        if not self.subject or self.subject != following.subject or works.keys() != {work.path for work in self.works}:
            return None
        if any(work.after != works[work.path].before for work in self.works):
            return None
        return replace(following, works=tuple(replace(work, after=works[work.path].after) for work in self.works))

    @property
    def size(self) -> int:
        """The bytes of its files, before and after."""
        return sum(len(content or b"") for work in self.works for content in (work.before, work.after))


@dataclass(frozen=True, slots=True)
class Turn:
    """A step to be written, and the journal once it is: where it cannot be, the journal of before goes on."""

    step: Step
    journal: Journal


@dataclass(frozen=True, slots=True)
class Journal:
    """The steps that can be undone, the last one at the end, and those that can be done again, the next one at the end.

    The oldest are forgotten where the files of all have more than ``most`` bytes: ``forgotten`` counts them. ``unkept``
    is what was said of the last step, when it was too big by itself: neither it nor any before it can be undone.
    """

    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    most: int = MOST
    forgotten: int = 0
    unkept: str = ""

    def done(self, step: Step) -> Journal:
        """The journal after a step was written; what was undone before it cannot be done again."""
        both = self.past[-1].then(step) if self.past and not self.future else None
        past = (*self.past[:-1], both) if both else (*self.past, step)
        size, forgotten = sum(each.size for each in past), self.forgotten
        while past and size > self.most:
            size -= past[0].size
            past, forgotten = past[1:], forgotten + 1
        return replace(self, past=past, future=(), forgotten=forgotten, unkept="" if past else step.said)

    def undo(self) -> Turn | None:
        """What undoes the last step; ``None`` when there is none."""
        if not self.past:
            return None
        last = self.past[-1]
        return Turn(last.inverse, replace(self, past=self.past[:-1], future=(*self.future, last)))

    def redo(self) -> Turn | None:
        """What does again the step that was undone last; ``None`` when there is none."""
        if not self.future:
            return None
        following = self.future[-1]
        return Turn(following, replace(self, past=(*self.past, following), future=self.future[:-1]))
