"""Slips of the pen: a wrong value that a clerk would strike out again."""

LETTERS = "aăâeêioôơuưynhmtcpg"


def spoil(text, kind, rng):
    """A plausible wrong writing of `text`: digits changed, a word dropped or a letter wrong; never equal to it."""
    digits = [i for i, c in enumerate(text) if c.isdigit()]
    if digits and (kind not in ("place", "text", "free_text") or rng.random() < 0.3):
        i = int(rng.choice(digits))
        return text[:i] + str((int(text[i]) + int(rng.integers(1, 9))) % 10) + text[i + 1 :]
    words = text.split(" ")
    if len(words) > 1 and rng.random() < 0.4:
        return " ".join(words[:-1])
    letters = [i for i, c in enumerate(text) if c.isalpha()]
    if not letters:
        return text + "x"
    i = int(rng.choice(letters))
    new = str(rng.choice([c for c in LETTERS if c != text[i].lower()]))
    return text[:i] + (new.upper() if text[i].isupper() else new) + text[i + 1 :]
