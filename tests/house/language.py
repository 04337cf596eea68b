"""Finds English that a reader would see. Only words that are not also Vietnamese syllables without tones."""

import re

from lxml import html

ENGLISH = set(
    "the this that these those and with from your you please enter select choose required field fields value values valid "
    "invalid error errors warning success successfully save saved submit cancel delete deleted edit update updated create "
    "created add remove search results page pages next previous first last password username login logout account email "
    "address home back close open show hide view more less all none yes not found forbidden server request bad internal "
    "file files upload download name title date time day month year number list item items table row rows user users "
    "settings profile help about contact sign in out up down left right loading failed try again ensure has at least most "
    "characters character cannot can must should will been already exists unknown selected option options optional "
    "currently change clear one of is are was were be do does did it its by or if else new old".split()
) - set(
    "an the in to me do no me la day bao hay an con nam ban tin hang them name can tin dung hang on di co men".split()
)
# ordinary Vietnamese syllables that are spelt like English words stay out of the list above
READ_ALOUD = ("title", "alt", "placeholder", "aria-label", "aria-description", "data-label", "value")
WORD = re.compile(r"[^\W\d_]+")
REQUEST_NUMBER = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")  # drawn letters that may spell anything


def visible(page: str) -> list[str]:
    """What eyes and screen readers get."""
    document = html.fromstring(page)
    for hidden in document.xpath("//script | //style | //*[@lang and @lang != 'vi'] | //code"):
        if hidden is not document:
            hidden.drop_tree()
    texts = [text for text in document.itertext() if text.strip()]
    for element in document.iter():
        if isinstance(element.tag, str):
            skip = {"value"} if element.tag != "input" or element.get("type") not in ("submit", "button") else set()
            texts += [element.get(name) for name in READ_ALOUD if name not in skip and element.get(name)]
    return texts


def english_leftovers(page: str) -> list[str]:
    return [
        text.strip()
        for text in visible(page)
        if {word.lower() for word in WORD.findall(REQUEST_NUMBER.sub("", text))} & ENGLISH
    ]
