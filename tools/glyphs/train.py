"""Make catalog/characters/glyph_model/1: `python -m tools.glyphs.train` (two minutes on one processor).

Fonts: IPAmj明朝 and those of `fonts.TRAINING`, as Debian has them; SOURCE.toml names the versions. Everything random
comes from SEED. With one thread (OMP_NUM_THREADS=1) and the versions of constraints.txt the same machine makes the same
bytes; another processor may round the last bit of a weight otherwise.
"""

from __future__ import annotations

import argparse
import time
from hashlib import sha256
from pathlib import Path

from tools.glyphs.fonts import IPAMJ, TRAINING
from tools.glyphs.graph import made
from tools.glyphs.judging import judged
from tools.glyphs.lesson import Lesson
from tools.glyphs.samples import Mj

SEED = 20261121
OUT = Path(__file__).resolve().parents[2] / "catalog" / "characters" / "glyph_model" / "1"


def main() -> None:
    """Learn, judge, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    out: Path = parser.parse_args().out
    started = time.monotonic()
    for name, font in {"ipamj": IPAMJ, **TRAINING}.items():
        print(f"{name:12} {font.package} {font.version or 'NOT INSTALLED'}", flush=True)
    lesson = Lesson(Mj(), SEED)
    print(f"features   {time.monotonic() - started:6.0f} s", flush=True)
    lesson.name()
    print(f"named      {time.monotonic() - started:6.0f} s", flush=True)
    mean, projection = lesson.learned()
    out.mkdir(parents=True, exist_ok=True)
    model = made(mean, projection).SerializeToString(deterministic=True)
    (out / "model.onnx").write_bytes(model)
    print(f"learned    {time.monotonic() - started:6.0f} s  {len(model):,} bytes", flush=True)
    (out / "judge.toml").write_text(judged(lesson), encoding="utf-8")
    print(f"judged     {time.monotonic() - started:6.0f} s", flush=True)
    for name in ("model.onnx", "judge.toml"):
        print(sha256((out / name).read_bytes()).hexdigest(), name)


if __name__ == "__main__":
    main()
