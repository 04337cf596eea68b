"""Undefined template variables fail the test instead of showing as nothing."""


class UndefinedTemplateVariable(Exception):
    pass


class RaiseOnUndefined(str):
    """Django asks `"%s" in string_if_invalid`, then formats it with the variable's name."""

    __slots__ = ()

    def __new__(cls) -> "RaiseOnUndefined":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: object) -> str:
        raise UndefinedTemplateVariable(str(variable))
