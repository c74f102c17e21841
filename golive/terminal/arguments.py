"""What a command line says, known even where it could not be parsed."""

from __future__ import annotations


def option_of(arguments: list[str], *names: str) -> str:
    """What stands under an option; empty where nothing."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument in names:
            return following
        name, equals, value = argument.partition("=")
        if equals and name in names:
            return value
    return ""


def wants_json(arguments: list[str]) -> bool:
    """Whether the command line asks for a document."""
    return "--json" in arguments or option_of(arguments, "--format") == "json"


def sub_verb_of(arguments: list[str]) -> str:
    """The word behind the verb."""
    at = arguments.index(verb_of(arguments)) + 1
    return arguments[at] if at < len(arguments) else ""


def verb_of(arguments: list[str]) -> str:
    """The verb in a command line, `golive` where there is none."""
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("-C", "--color"):
            skip = True
        elif not argument.startswith("-"):
            return argument
    return "golive"
