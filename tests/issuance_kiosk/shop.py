"""A machine in a shop, and the centre behind it, for tests: what it says, as the API would hand it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from tests.world import TOWN_A, rows

from yakuba.issuance.kiosk import administration, cards, choosing, ending, opening, paper
from yakuba.issuance.kiosk.access import Caller
from yakuba.issuance.kiosk.models import Session
from yakuba.tenancy.database.walls import wall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from yakuba.issuance.kiosk.answers import Answer, Paper
    from yakuba.tenancy.acting import Actor

KINDS = ("juminhyo", "kisai", "inkan")


def certificate(days: int = 30) -> bytes:
    """A certificate of a centre (PEM)."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, SHA256())
    )
    return made.public_bytes(Encoding.PEM)


CENTRE = certificate()
FINGERPRINT = x509.load_pem_x509_certificate(CENTRE).fingerprint(SHA256()).hex()


def serial(addressee: str) -> str:
    """Everybody's card."""
    return f"S{addressee}"


def furnish(actor: Actor) -> None:
    """Open the machines of a town: kinds all day and night, a card for everybody, the centre let in."""
    administration.configure(actor, running=True, commission=117)
    for kind in KINDS:
        administration.offer(actor, kind, hours=("00:00", "23:59:59.999999"))
    administration.set_closed_days(actor, ())
    administration.admit(actor, "試験センター", CENTRE)
    everybody = {row["宛名番号"] for row in rows(actor.municipality)}
    cards.replace_cards(actor, 1, [cards.CardLine(serial(one), one) for one in sorted(everybody)])


@dataclass
class Shop:
    """One machine. Every reception number is new, unless the test says which."""

    town: str = TOWN_A
    fingerprint: str = FINGERPRINT
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def caller(self) -> Caller:
        return Caller(self.town, self.fingerprint)

    def card(self, addressee: str, *, reception: str = "", town: str = "", machine: str = "K1") -> Answer:
        """Somebody puts a card on the machine."""
        caller = Caller(town or self.town, self.fingerprint)
        return opening.open_session(
            caller, opening.Arrival(reception or f"R{next(self.numbers)}", serial(addressee), machine, "711")
        )

    def chosen(
        self, addressee: str, kind: str = "juminhyo", *members: int, choices: Mapping[str, bool | str] | None = None
    ) -> Answer:
        """… and chooses."""
        return choosing.select(self.caller, self.card(addressee).session, kind, members, choices or {})

    def paid(self, addressee: str, kind: str = "juminhyo", *members: int) -> UUID:
        """… and pays."""
        answer = self.chosen(addressee, kind, *members)
        assert answer.fee is not None, answer
        return choosing.pay(self.caller, answer.session, answer.fee).session

    def document(self, session: UUID) -> Paper:
        return paper.document(self.caller, session)

    def printed(self, session: UUID, *, printed: bool = True) -> Answer:
        return ending.report(self.caller, session, printed=printed)

    def row(self, session: UUID) -> Session:
        """The session as the database has it."""
        with wall(self.town):
            return Session.objects.get(pk=session)
