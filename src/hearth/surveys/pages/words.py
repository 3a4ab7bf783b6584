"""The words around the questions, in English and in Easy Read. The questions' own words are the questionnaire's."""

from __future__ import annotations

from hearth.surveys.rules.instrument import EASY_READ, ENGLISH

ENGLISH_WORDS = {
    "all_one_page": "See all questions on one page",
    "about_you": "We ask these questions to see whether we treat everybody fairly. You do not have to answer them.",
    "back": "Back",
    "come_back": "Welcome back. We have kept your answers.",
    "complain": "How to complain",
    "continue": "Continue",
    "languages": "Choose a language",
    "leave_out": "You can leave out any question.",
    "leave_out_some": "You can leave out any question that does not say that it must be answered.",
    "longest": "You can write up to {0} characters.",
    "many": "Choose all that apply.",
    "more": "Your answers are not sent yet. You can go back and change them.",
    "must": "This question must be answered.",
    "nothing_more": "There are no more questions",
    "one_answer": "One person in each household answers, once.",
    "only_if": "Answer this only if you chose “{1}” for “{0}”.",
    "part": "Part {0} of {1}",
    "problem": "There is a problem",
    "rank": "Write 1 beside what matters most to you, 2 beside the next, and so on. You can stop where you like.",
    "save": "Save and come back later",
    "send": "Send my answers",
    "thanks": "Thank you. We have your answers",
    "thanks_close": "You can close this page.",
    "thanks_results": "We will publish the results. Nobody will be able to tell from them what you answered.",
}
EASY_WORDS = {
    "all_one_page": "See all the questions",
    "about_you": "The next questions are about you. You do not have to answer them. We ask to check that we are fair.",
    "come_back": "Hello again. We kept your answers.",
    "complain": "If you are not happy with us",
    "continue": "Next page",
    "leave_out": "You do not have to answer every question.",
    "leave_out_some": "You do not have to answer every question. Some say that we need an answer.",
    "many": "You can choose more than one.",
    "more": "We do not have your answers yet. You can still change them.",
    "must": "We need an answer to this.",
    "nothing_more": "That was the last question",
    "one_answer": "Only one person in each home should answer.",
    "only_if": "Only answer this if you chose “{1}” for “{0}”.",
    "part": "Page {0} of {1}",
    "problem": "Something is not right yet",
    "rank": "Write 1 next to the most important thing. Write 2 next to the next one.",
    "save": "Stop now and finish later",
    "send": "Send my answers",
    "thanks": "Thank you. We have your answers",
    "thanks_results": "We will tell people what everybody said. We will not say who said what.",
}
SECRECY = {
    "named": {
        ENGLISH: "Your answers are kept with your name, so that we can act on what you tell us.",
        EASY_READ: "We will know that the answers are yours.",
    },
    "confidential": {
        ENGLISH: "Your answers are confidential. When the survey closes we remove the link between them and your home.",
        EASY_READ: "Your answers are private. When the survey is over, we take away what says that they are yours.",
    },
    "anonymous": {
        ENGLISH: "Your answers are anonymous. Nothing that we keep says that they are yours.",
        EASY_READ: "We do not know who you are. Nobody can find out what you said.",
    },
}
LANGUAGES = {
    "ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "en": "English", "en-easy": "Easy Read", "es": "Español",
    "fa": "فارسی", "fr": "Français", "gu": "ગુજરાતી", "hi": "हिन्दी", "lt": "Lietuvių", "ne": "नेपाली", "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski", "pt": "Português", "ro": "Română", "so": "Soomaali", "ta": "தமிழ்", "tr": "Türkçe",
    "uk": "Українська", "ur": "اردو", "zh": "中文",
}  # fmt: skip
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ps", "ckb"})


def words(language: str) -> dict[str, str]:
    """The words around the questions: Easy Read's own, else English."""
    return {**ENGLISH_WORDS, **EASY_WORDS} if language == EASY_READ else ENGLISH_WORDS


def language_name(language: str) -> str:
    """A language by its own name."""
    return LANGUAGES.get(language, language)


def html_lang(language: str) -> str:
    """The language as HTML and screen readers know it."""
    return "en-GB" if language in (ENGLISH, EASY_READ) else language


def direction(language: str) -> str:
    """Which way it is written."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
