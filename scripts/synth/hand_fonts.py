"""Fetches the handwriting faces (SIL Open Font License 1.1, a few Apache 2.0) of hands.tsv into vendor/fonts/hands/FAMILY.ttf.

Whole faces come from @expo-google-fonts; what is missing there is joined from the subsets of @fontsource.
A family that cannot be had, or lacks a letter that it must have itself (of Latin only, where tones.py draws the marks),
is left out and named. Needs npm and fonttools.
"""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
OUT = ROOT / "vendor/fonts/hands"
LATIN = "abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY0123456789 ,.-:/()"
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXYếữặởẩỵẴỪỢỬỆẪÝ0123456789 ,.-:/()"


def fetch(package, work):
    """Unpacks one npm package; None where the registry does not have it."""
    shutil.rmtree(work / "package", ignore_errors=True)
    got = subprocess.run(["npm", "pack", "--silent", package], cwd=work, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if got.returncode:
        return None
    archive = work / got.stdout.strip().split("\n")[-1]
    subprocess.run(["tar", "xzf", archive.name], cwd=work, check=True)
    archive.unlink()
    return work / "package"


def whole(name, work):
    """The regular face from the package that ships whole faces."""
    folder = fetch(f"@expo-google-fonts/{name}", work)
    faces = sorted(folder.glob("400Regular/*.ttf")) if folder else []
    return TTFont(faces[0]) if faces else None


def joined(name, work):
    """The regular face, put together from its subsets."""
    folder = fetch(f"@fontsource/{name}", work)
    if folder is None:
        return None
    parts = [folder / f"files/{name}-{subset}-400-normal.woff" for subset in ("latin", "latin-ext", "vietnamese")]
    for part in [p for p in parts if p.exists()]:
        face = TTFont(part)
        face.flavor = None
        face.save(part.with_suffix(".ttf"))
        if covers(face, VIETNAMESE):
            return face
    return Merger().merge([str(p.with_suffix(".ttf")) for p in parts if p.exists()])


def covers(face, letters):
    return all(ord(c) in face.getBestCmap() for c in letters)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    rows = [line.split("\t") for line in (Path(__file__).parent / "hands.tsv").read_text().split("\n")[1:] if line]
    with tempfile.TemporaryDirectory() as temp:
        for name, split, _ in rows:
            if not (OUT / f"{name}.ttf").exists():
                take(name, LATIN if split.startswith("drawn") else VIETNAMESE, Path(temp))
    print(len(list(OUT.glob("*.ttf"))), "faces in", OUT.relative_to(ROOT))


def take(name, letters, work):
    for source in (whole, joined):
        try:
            face = source(name, work)
        except Exception as fault:
            print(f"{name}: {fault}", file=sys.stderr)
            continue
        if face and covers(face, letters):
            face.save(OUT / f"{name}.ttf")
            for license in (work / "package").glob("LICENSE*"):
                shutil.copy(license, OUT / f"{name}.{license.name}")
            return
    print(f"left out: {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
