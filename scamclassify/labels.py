"""The vocabulary of the library: labels, scam types, languages, channels."""

from scamclassify.errors import UnknownNameError

#: The three classes, in the order of every ``classes_`` and probability column.
LABELS: tuple[str, ...] = ("ham", "promo", "scam")

#: Types of scam (only where the label is ``scam``) and what such a message does.
SCAM_TYPES: dict[str, str] = {
    "phishing_account": "poses as a bank, wallet, telco, shop or platform to take credentials",
    "impersonation_authority": "poses as police, court, tax, customs, toll or welfare office",
    "delivery": "claims a parcel needs a fee, an address or a link",
    "job_task": "offers work or paid tasks that end in deposits",
    "investment": "promises returns from shares, crypto, gold, trading groups",
    "loan": "offers credit that needs a fee first, or is illegal lending",
    "purchase": "sells, rents or books what will never come",
    "romance_wrong_number": "starts or grooms a relationship, wrong-number openings included",
    "friend_family": "poses as someone the reader knows, often with a new number",
    "prize_aid": "announces a prize, lottery, gift, grant, inheritance, aid",
    "gambling": "lures to illegal betting",
    "malware_remote": "gets the reader to install an app or give remote control",
    "sexual_extortion": "offers sexual services or blackmails",
    "recovery": "promises to get lost money back",
    "other_scam": "a scam of no type above",
}

#: The thirteen languages (ISO 639) and their English names.
LANGUAGES: dict[str, str] = {
    "en": "English",
    "id": "Indonesian",
    "ms": "Malay",
    "th": "Thai",
    "vi": "Vietnamese",
    "tl": "Filipino",
    "my": "Burmese",
    "km": "Khmer",
    "lo": "Lao",
    "zh": "Chinese",
    "ta": "Tamil",
    "pt": "Portuguese",
    "tet": "Tetum",
}

#: The answer of language identification when it cannot tell.
UNDETERMINED = "und"

#: Where a message was sent.
CHANNELS: tuple[str, ...] = ("sms", "chat", "social")
#: Whether a message was collected from people or written by us.
ORIGINS: tuple[str, ...] = ("collected", "authored")


def check_language(code: str) -> str:
    """Return ``code`` if it is one of the thirteen languages, else raise `UnknownNameError`."""
    if code not in LANGUAGES:
        raise UnknownNameError("language", code, LANGUAGES)
    return code
