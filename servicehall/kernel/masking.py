"""Masking (脱敏): the one rule by which personal data are shown in part, everywhere."""


def mask(text: str) -> str:
    """First and last character stay, everything between becomes ``*`` (3****************4).

    One rule for every surface, so that masked outputs cannot be joined into the whole
    (RELIABILITY 4.5). Texts of one or two characters keep at most the first.
    """
    if len(text) < 3:
        return text[:1] + "*" * (len(text) - 1)
    return text[0] + "*" * (len(text) - 2) + text[-1]
