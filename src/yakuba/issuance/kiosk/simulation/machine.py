"""One machine (端末): visits one after the other, with everything that goes wrong between a shop and a server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from yakuba.issuance.kiosk.lists import Listed
from yakuba.issuance.kiosk.simulation.line import BrokenLineError, Line, Reply
from yakuba.issuance.kiosk.simulation.reading import problems, words

if TYPE_CHECKING:
    from random import Random

    from yakuba.issuance.kiosk.simulation.outcome import Outcome
    from yakuba.issuance.kiosk.simulation.people import Directory, Person

OK, CONFLICT, GONE, BUSY = 200, 409, 410, 503
_TRIES = 60
_PATIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Clumsiness:
    """How often what happens, as shares of all visits.

    Attributes:
        repeat: a request is sent twice though its answer came. hang_up: the machine drops the line while the paper is
            made, and asks again. abort: it drops the line and gives up. jam: the paper does not come out.
        silent: nobody says whether it came out. delay: longest pause between two steps, seconds.
    """

    repeat: float = 0.1
    hang_up: float = 0.05
    abort: float = 0.03
    jam: float = 0.03
    silent: float = 0.02
    delay: float = 0.05


CALM = Clumsiness(0, 0, 0, 0, 0, 0)
"""Nothing goes wrong: for measuring."""


class GivenUpError(Exception):
    """The service did not answer for too long."""


class Machine:
    """One machine. `visit` is one person from the card to the paper."""

    def __init__(
        self, name: str, line: Line, people: Directory, outcome: Outcome, random: Random, ways: Clumsiness
    ) -> None:
        self.name, self._line, self._people, self._outcome = name, line, people, outcome
        self._random, self._ways = random, ways

    def visit(self, person: Person) -> None:
        """One person; whatever happens is counted."""
        start = time.perf_counter()
        try:
            self._outcome.count(self._visit(person))
        except GivenUpError:
            self._outcome.count("given_up")
        self._outcome.whole.append(time.perf_counter() - start)

    def _visit(self, person: Person) -> str:
        reception = f"{self._outcome.run}-{uuid4().hex[:24]}"
        arrival = {"reception": reception, "serial": person.serial, "machine": self.name, "company": self._company()}
        opened = self._ask(f"{person.town}/sessions", arrival)
        if opened.status == BUSY:
            return "busy"
        session = opened.json()
        if session.get("told"):
            return f"refused_{session['told']}"
        place = f"{person.town}/sessions/{session['session']}"
        dish = self._random.choice(session["menu"])
        names = self._choose(person, dish, session["members"])
        wanted = {"kind": dish["kind"], "members": [place for place, _ in names], "choices": self._choices(dish)}
        chosen = self._ask(f"{place}/selection", wanted).json()
        if chosen.get("told") or "fee" not in chosen:
            return f"refused_{chosen.get('told') or 'late'}"
        paid = self._ask(f"{place}/payment", {"amount": chosen["fee"]}).json()
        if paid.get("state") != "PAID":
            return "refused_late"
        return self._paper(person, place, reception, dish, [name for _, name in names], chosen["fee"])

    def _paper(
        self, person: Person, place: str, reception: str, dish: dict[str, Any], names: list[str], fee: int
    ) -> str:
        if self._happens(self._ways.abort):
            self._drop(f"{place}/document")
            self._ask(f"{place}/cancel", {})
            return "aborted"
        if self._happens(self._ways.hang_up):
            self._outcome.repeated("document")
            self._drop(f"{place}/document")
        start = time.perf_counter()
        answer = self._ask(f"{place}/document", {})
        seconds = time.perf_counter() - start
        if answer.status != OK:
            return f"refused_{answer.json().get('told') or 'late'}"
        number = answer.headers.get("x-certificate-number", "")
        self._look(person, reception, dish, names, number, answer.body, seconds)
        printed = not self._happens(self._ways.jam)
        self._outcome.keep(person.town, Listed(reception, dish["kind"], self._company(), number, fee, printed))
        if self._happens(self._ways.silent):
            return "silent"
        self._ask(f"{place}/result", {"printed": printed})
        return "printed" if printed else "not_printed"

    def _look(
        self,
        person: Person,
        reception: str,
        dish: dict[str, Any],
        names: list[str],
        number: str,
        pdf: bytes,
        seconds: float,
    ) -> None:
        """Read the paper itself."""
        family = self._people.households.get((person.town, person.household), frozenset())
        found = problems(
            words(pdf),
            number=number,
            label=dish["label"],
            expected=names,
            allowed=family,
            everybody=self._people.in_text,
        )
        self._outcome.got(person.town, reception, number, list(found), seconds)

    def _choose(self, person: Person, dish: dict[str, Any], members: list[str]) -> list[tuple[int, str]]:
        """Places and names of who is to be on the paper: the person, or some of the household."""
        every = list(enumerate(members, start=1))
        own = [one for one in every if one[1] == person.name][:1] or every[:1]
        if not dish["household"] or self._happens(0.5):
            return own
        return sorted({*own, *self._random.sample(every, self._random.randint(1, len(every)))})

    def _choices(self, dish: dict[str, Any]) -> dict[str, Any]:
        """Some of what may be chosen."""
        plain = [one for one in dish["choices"] if not one["values"] and isinstance(one["default"], bool)]
        taken: dict[str, Any] = {one["identifier"]: self._happens(0.3) for one in plain}
        for names in dish["never_together"]:
            for name in [one for one in names if taken.get(one)][1:]:
                taken[name] = False
        valued = [one for one in dish["choices"] if one["values"]]
        return taken | {one["identifier"]: self._random.choice(one["values"]) for one in valued}

    def _ask(self, path: str, content: object) -> Reply:
        """Ask until an answer comes; what was answered is now and then asked again, which must change nothing."""
        time.sleep(self._random.random() * self._ways.delay)
        answer = self._answer(path, content)
        if self._happens(self._ways.repeat) and not path.endswith("/document"):
            self._outcome.repeated(path.rpartition("/")[2])
            again = self._answer(path, content)
            if again.status == OK and answer.status == OK and again.json()["session"] != answer.json()["session"]:
                self._outcome.fault("another session")
        return answer

    def _answer(self, path: str, content: object) -> Reply:
        for turn in range(_TRIES):
            try:
                answer = self._line.ask("POST", path, content)
            except BrokenLineError:
                self._outcome.repeated("broken line")
                self._wait(turn)
                continue
            if answer.status == BUSY or (answer.status == CONFLICT and path.endswith("/document")):
                self._outcome.repeated(str(answer.status))
                self._wait(turn)
                continue
            if answer.status not in (OK, CONFLICT, GONE):
                self._outcome.fault(f"{path.rpartition('/')[2]}: {answer.status} {answer.json().get('detail', '')}")
            return answer
        raise GivenUpError

    def _drop(self, path: str) -> None:
        """Ask, and drop the line some moments later."""
        try:
            self._line.tell("POST", path, {})
            time.sleep(self._random.random() * self._ways.delay)
        except BrokenLineError:
            self._outcome.repeated("broken line")
        self._line.hang_up()

    def _wait(self, turn: int) -> None:
        time.sleep(self._random.random() * min(_PATIENCE, 0.05 * (turn + 1)))

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _company(self) -> str:
        """Three companies, by the machine's name."""
        return f"C{sum(self.name.encode()) % 3}"
