from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from django import forms

T = TypeVar("T")
ONLY = "value"  # the name of the one input of a shape that has but one


class Unfit(ValueError):
    """A value is not of its rule's shape. The sentence is fit for the screen; `field` names the input it belongs to."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Shape(ABC, Generic[T]):
    """One kind of value. What is kept in the database is plain JSON, and never null: null means “as the level above”."""

    @abstractmethod
    def load(self, stored: Any) -> T:
        """The value kept in the database or in a file of defaults; Unfit when it is none."""

    @abstractmethod
    def dump(self, value: T) -> Any:
        """The same as JSON."""

    @abstractmethod
    def say(self, value: T) -> str:
        """In words: “từ 90 % trở lên”."""

    @abstractmethod
    def inputs(self) -> dict[str, forms.Field]:
        """The inputs of a form by name, each one beginning with “value”."""

    @abstractmethod
    def typed(self, cleaned: Mapping[str, Any]) -> T:
        """What was typed into the inputs; Unfit when the parts do not go together."""

    @abstractmethod
    def shown(self, value: T) -> dict[str, Any]:
        """What stands in the inputs for this value."""

    def lines(self, value: T) -> list[str]:
        """In words, on as many lines as the value has parts."""
        return [self.say(value)]

    def brief(self, value: T, most: int = 4) -> list[str]:
        """The same for a list of rules: a long value is cut and says how much is left."""
        lines = self.lines(value)
        return lines if len(lines) <= most else [*lines[: most - 2], f"… và {len(lines) - most + 2} mục nữa"]

    def groups(self) -> Iterable[tuple[str, list[str]]]:
        """Inputs that stand side by side under one heading: nothing but for tables."""
        return ()

    def weight(self, value: T) -> Any:
        """For rules that a lower level may only make stricter: what tells the stricter one."""
        raise TypeError(f"{type(self).__name__} knows no stricter or laxer.")

    def checked(self, value: T) -> T:
        """A value as a caller hands it in: through JSON and back, so that nothing else gets in."""
        try:
            return self.load(self.dump(value))
        except (AttributeError, KeyError, TypeError) as error:
            raise Unfit("Mức này không đúng loại.") from error


def offered(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of a form: each stands alone on its line, so it begins with a capital letter."""
    return [(value, words[:1].upper() + words[1:]) for value, words in options]


def words_joined(words: Iterable[str]) -> str:
    return ", ".join(words)
