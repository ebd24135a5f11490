"""Made-up publishers and the language codes that the real files mix; languages of works belong to the catalogue."""

# None of these houses exists; each says so in its name.
PUBLISHERS = {
    "eng": ("Lantern Harbour Press", "Ninefold & Daughters", "Quiet Meadow Books", "Paper Kite House", "Old Ferry Classics"),
    "fra": ("Éditions du Phare Imaginaire", "Maison des Trois Chouettes"),
    "deu": ("Verlag Zur Blauen Leiter", "Nirgendwo Verlag"),
    "spa": ("Editorial La Nube Verde", "Ediciones Río Inventado"),
    "ita": ("Edizioni del Gatto Distratto",),
    "por": ("Livros da Ilha Perdida",),
    "nld": ("Uitgeverij De Stille Molen",),
    "rus": ("Издательство «Тихая Пристань»",),
    "jpn": ("架空書房",),
    "zho": ("虚构出版社",),
}
OTHER_PUBLISHERS = ("Far Shelf Press", "House of Many Alphabets")

# The spellings of a language's code in the files, the frequent ones repeated: ISO 639-1, 639-2/B, 639-3 and locales.
LANGUAGE_SPELLINGS = {
    "eng": ("eng", "eng", "eng", "eng", "eng", "en-US", "en-US", "en-GB", "en-CA", "en"),
    "fra": ("fre", "fre", "fra", "fr"),
    "deu": ("ger", "ger", "deu", "de"),
    "spa": ("spa", "spa", "es"),
    "nld": ("nl", "dut", "nld"),
    "zho": ("zho", "chi"),
    "ces": ("cze", "ces"),
    "fas": ("per", "fas"),
    "ell": ("gre", "ell"),
    "isl": ("ice", "isl"),
    "sqi": ("alb", "sqi"),
    "por": ("por", "pt-BR"),
    "jpn": ("jpn", "ja"),
}

# Those of the spellings that are no ISO 639-3 code.
OTHER_CODES = frozenset(code for codes in LANGUAGE_SPELLINGS.values() for code in codes) - LANGUAGE_SPELLINGS.keys()

# Into these languages works are translated most.
TRANSLATION_LANGUAGES = ("fra", "deu", "spa", "ita", "nld", "por")


def publishers_of(language: str) -> tuple[str, ...]:
    """The made-up publishers that print in a language, each marked as synthetic."""
    return tuple(f"{name} (synthetic)" for name in PUBLISHERS.get(language, OTHER_PUBLISHERS))


def spellings_of(language: str) -> tuple[str, ...]:
    """The codes that the files use for a language given in ISO 639-3."""
    return LANGUAGE_SPELLINGS.get(language, (language,))
