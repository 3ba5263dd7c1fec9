"""Every kind of certificate, for all its hard cases, passes the guard signed, and never for another case.

Oracle: the cases of the kinds (cases.yaml); our own statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.certificates.signing.papers import KEY

from yakuba.certificates.drawing import compose, render
from yakuba.certificates.guard import MismatchError, check
from yakuba.certificates.samples import Sample, sample_proof, samples

if TYPE_CHECKING:
    from yakuba.certificates.signing.keys import Keys

CASES = [one for one in samples() if not one.refused]


def finished(sample: Sample, keys: Keys) -> bytes:
    composed = compose(sample.order, sample.record, sample.issuer, sample.look)
    made = render(composed, "" if sample.order.preview else sample_proof(composed), key=KEY)
    return made.pdf if sample.order.preview else keys.signer.sign(made.pdf)


@pytest.mark.parametrize("sample", CASES, ids=lambda one: f"{one.kind.identifier}-{one.name}")
def test_every_case_of_every_kind_passes(keys: Keys, sample: Sample) -> None:
    names = [name for person in sample.record.people if (name := person.get("氏名"))]
    pdf = finished(sample, keys)
    check(pdf, sample.order, KEY, names=names)
    for other in CASES:
        if other is not sample:
            with pytest.raises(MismatchError):
                check(pdf, other.order, KEY)
