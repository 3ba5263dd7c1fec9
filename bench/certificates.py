"""The certificates' part of the page: drawing, signing, the last look, papers at kiosks, and the mix-up test."""

from __future__ import annotations

from statistics import harmonic_mean
from typing import Any

from bench.measure import measure

KINDS = {
    "juminhyo": "住民票の写し",
    "inkan": "印鑑登録証明書",
    "nozei": "納税証明書",
    "shotoku_kazei": "所得・課税証明書",
}
PAPERS = 600
DRAWN, SIGNED, KIOSK = 150.0, 50.0, 300.0
"""Goals: papers per second of one core, drawn, and drawn and signed; milliseconds (p95) of a paper at a kiosk."""
TORMENTED = 120
"""Seconds of the mix-up test here; `python -m bench.programs.kiosk_mixup --path service` is the long one."""


def section() -> str:
    """Measure and write the section."""
    drawn = {
        label: measure("bench.programs.certificates_draw", str(PAPERS), kind).said for kind, label in KINDS.items()
    }
    signed = measure("bench.programs.certificates_sign").said
    kiosks = measure("bench.programs.kiosk_load").said
    mixed = measure("bench.programs.kiosk_mixup", "--seconds", str(TORMENTED)).said
    return "\n".join(["## Certificates", "", *_made(drawn, signed), *_given(kiosks), *_mixed(mixed)])


def _made(drawn: dict[str, dict[str, Any]], signed: dict[str, Any]) -> list[str]:
    """Papers per second of processor time: everything a process and its threads use counts."""
    lines = ["Papers per second of one core's processor time, every paper different:", "", "| drawn | papers/s |",
             "|---|---:|"]  # fmt: skip
    lines += [f"| {label} | {said['per_second_of_processor']:.0f} |" for label, said in drawn.items()]
    speeds = [said["per_second_of_processor"] for said in drawn.values()]
    mixed, slowest = harmonic_mean(speeds), min(speeds)
    times = signed["library_ms"] / signed["sign_ms"]
    return [
        *lines,
        "",
        (
            f"- as many of each kind: **{mixed:.0f}/s** (target ≥ {DRAWN:.0f}: {_word(mixed >= DRAWN)}); the slowest"
            f" kind alone: **{slowest:.0f}/s** ({_word(slowest >= DRAWN)})"
        ),
        (
            f"- drawn and signed ({signed['key']}): **{signed['draw_sign']:.0f}/s**"
            f" (target ≥ {SIGNED:.0f}: {_word(signed['draw_sign'] >= SIGNED)}); and looked at again:"
            f" {signed['draw_sign_check']:.0f}/s"
        ),
        (
            f"- one signature {signed['sign_ms']:.1f} ms, {times:.0f} times as fast as the library as it comes"
            f" ({signed['library_ms']:.0f} ms); one last look {signed['check_ms']:.1f} ms"
        ),
        "",
    ]


def _given(said: dict[str, Any]) -> list[str]:
    issues, visits = said["issues"], said["visits"]
    return [
        (
            f"- a paper at a kiosk, paid before, {issues['asked_per_second']:.0f} asked for a second by 50 machines"
            f" over mutual TLS: p50 {issues['p50_ms']:.0f} ms, p95 **{issues['p95_ms']:.0f} ms** (target ≤ {KIOSK:.0f}:"
            f" {_word(issues['p95_ms'] <= KIOSK)}), {issues['papers_per_second']:.1f} papers/s came; server, database"
            " and machines share the cores"
        ),
        (
            f"- processor time of one paper: {_parts(issues['processor_ms'])}; of a whole visit (card, menu, choice,"
            f" fee, paper, result): {_parts(visits['processor_ms'])}; {visits['papers_per_second']:.1f} visits/s"
        ),
        "",
    ]


def _parts(said: dict[str, float]) -> str:
    """Milliseconds, whole and by part."""
    return f"{said['whole']:.0f} ms (server {said['server']:.0f}, database {said['database']:.0f})"


def _mixed(said: dict[str, Any]) -> list[str]:
    counts = said["counts"]
    return [
        (
            f"- mix-up test, {said['seconds']:.0f} s, {said['towns']} municipalities, {said['workers_killed']} workers"
            f" killed, {said['connections_cut']} connections cut: **{counts['papers']:,} papers read,"
            f" {len(said['wrong_persons'])} wrong persons, {len(said['duplicates'])} duplicates, {said['gaps']} gaps**,"
            f" {said['list_differences']} differences from the centre's list"
        ),
        "",
    ]


def _word(reached: bool) -> str:
    return "reached" if reached else "NOT reached"
