"""What all declared objects have in common, and the three classes of attributes.

Every attribute is `required`, `default` (omitted means this value, and it is enforced) or `leave` (omitted means
golive does not touch it). The class stands in the JSON Schema as `x-class` and in the documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_serializer,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from config.references import Path_, Reference, refers_to
from config.registry import vendor_words

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Phase = Literal["build", "soft_launch", "rollout"]
Milestone = Literal["day_30", "day_60", "day_90"]
OnRemove = Literal["switch_off", "delete", "release"]
Removal = Literal["switch_off", "delete", "delete_ours", "release"]
"""delete_ours: deleted where golive made it, let go where golive took it over."""
_ADDRESS = re.compile(r"(?P<kind>groups|people|schedules|ticket_fields|webhooks)/[a-z][a-z0-9_]*")
"""How a vendor's own words name a declared object."""
Scalar = str | int | float | bool


def required(**more: Any) -> Any:
    """An attribute that must be given, unless the object is `existing`."""
    return Field(default=None, json_schema_extra={"x-class": "required"}, **more)


def defaults_to(value: Any, **more: Any) -> Any:
    """An attribute whose omission means `value`, which is then enforced."""
    if isinstance(value, (list, dict)):
        return Field(default_factory=lambda: type(value)(value), json_schema_extra={"x-class": "default"}, **more)
    return Field(default=value, json_schema_extra={"x-class": "default"}, **more)


def none_unless_given(**more: Any) -> Any:
    """An attribute whose omission means that there is none, and that is enforced."""
    return defaults_to(None, **more)


def leave(**more: Any) -> Any:
    """An attribute whose omission means that golive does not manage it; null clears it."""
    return Field(default=None, json_schema_extra={"x-class": "leave"}, **more)


class Model(BaseModel):
    """A part of the vocabulary: strict about unknown attributes, open for keys that begin with `x-`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    missing_hint: ClassVar[str] = ""
    """What to write where a required attribute is missing, if there is a word for "nothing"."""

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        """Attributes of class `required` that this data must have and has not."""
        words = (
            info.alias or name
            for name, info in cls.model_fields.items()
            if isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("x-class") == "required"
        )
        return [word for word in words if word not in data]

    @classmethod
    def about(cls, word: str) -> str:
        """An attribute's description, by the word that the YAML has for it."""
        infos = (info for name, info in cls.model_fields.items() if word in (info.alias, name))
        return next((info.description or "" for info in infos), "")

    @model_validator(mode="wrap")
    @classmethod
    def check_required(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Report missing attributes together with all other errors, instead of after them."""
        if not isinstance(data, dict):
            return handler(data)
        data = {key: value for key, value in data.items() if not key.startswith("x-") or key == "x-allow"}
        missing: list[InitErrorDetails] = [
            InitErrorDetails(
                type=PydanticCustomError(
                    "missing", "`{name}` is missing", {"name": name, "hint": cls.missing_hint or cls.about(name)}
                ),
                loc=(),
                input=data,
            )
            for name in cls.needed(data)
        ]
        try:
            made = handler(data)
        except ValidationError as broken:
            if not missing:
                raise
            others = [
                InitErrorDetails(
                    type=PydanticCustomError(
                        error["type"], "{message}", {**error.get("ctx", {}), "message": error["msg"]}
                    ),
                    loc=error["loc"],
                    input=error["input"],
                )
                for error in broken.errors()
            ]
            raise ValidationError.from_exception_data(cls.__name__, [*others, *missing]) from broken
        if missing:
            raise ValidationError.from_exception_data(cls.__name__, missing)
        return made

    def given(self, attribute: str) -> bool:
        """Whether the YAML names the attribute at all (null counts as given)."""
        return attribute in self.model_fields_set


class VendorPiece(Model):
    """A condition or an action in one vendor's own words: `{zendesk: {…}}` (grammar 11)."""

    ours: ClassVar[tuple[str, ...]] = ()
    """Names of vendors that are words of the vocabulary in this place."""

    vendor: dict[str, dict[str, Any]] = Field(default_factory=dict, exclude=True)
    """What stands under the vendor's name, by that name."""

    @model_validator(mode="before")
    @classmethod
    def gather_vendor(cls, data: Any) -> Any:
        """Take what stands under the vendor's name."""
        if not isinstance(data, dict):
            return data
        said = {word: data[word] for word in cls.words() if word in data}
        return {**{name: value for name, value in data.items() if name not in said}, "vendor": said}

    @model_serializer
    def as_written(self) -> dict[str, Any]:
        """As the YAML has it."""
        return dict(self.vendor)

    def references(self) -> Iterator[Reference]:
        """Values that name a declared object, as `groups/billing`."""
        for system, said in self.vendor.items():
            yield from _addresses_in(said, (system,))

    @classmethod
    def words(cls) -> list[str]:
        """The vendors that can be named."""
        return [word for word in vendor_words() if word not in cls.ours]

    @classmethod
    def is_meant(cls, data: dict[str, Any]) -> bool:
        """Whether plain data is in a vendor's words."""
        return any(word in data for word in cls.words())


def _addresses_in(value: Any, path: Path_) -> Iterator[Reference]:
    """Every text that is a kind and a key."""
    if isinstance(value, (dict, list)):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _addresses_in(part, (*path, step))
    elif isinstance(value, str) and (found := _ADDRESS.fullmatch(value)):
        yield Reference(path, value, refers_to(found["kind"], qualified=True))


class From(Model):
    """A span of phases; `until` is exclusive."""

    from_: Phase = required(alias="from", description="The first phase in which it is awake.")
    until: Phase | None = none_unless_given(description="The first phase in which it sleeps again.")

    @model_validator(mode="after")
    def check_span(self) -> Self:
        phases = get_args(Phase)
        if self.until and self.from_ and phases.index(self.until) <= phases.index(self.from_):
            raise PydanticCustomError(
                "phase_span",
                "`until` is not after `from`, so it would never be awake",
                {"at": "until", "hint": "`until` is the first phase in which it sleeps again."},
            )
        return self


class Object(Model):
    """What every declared object may carry. Its key is its identity; renaming `name` renames it in the system."""

    has_switch: ClassVar[bool] = False
    """Whether the systems can switch it off without deleting it."""
    carries_data: ClassVar[bool] = False
    """Whether deleting it loses what customers or agents have entered."""
    comes_with_vendor: ClassVar[bool] = False
    """Whether a new account has such objects of the vendor's own."""
    dispensable: ClassVar[tuple[str, ...]] = ()
    """Attributes without whose references the object is sent all the same; "*" for all of them."""

    was: Key | None = none_unless_given(
        description="The key that this object had before; it is renamed, not made anew."
    )
    on_remove: OnRemove | None = none_unless_given(
        description="What happens in the system when the object leaves these files."
    )
    existing: bool | str | None = none_unless_given(
        description="It is in the system already. `true`, or the name that it has there: it is looked up and never "
        "written. `vendor_default`: a rule that the vendor put there; only the attributes listed here are written."
    )
    phase: Phase | From | None = none_unless_given(
        description="The phase from which it is awake; or a span, such as `{from: soft_launch, until: rollout}`."
    )
    not_before: Milestone | None = none_unless_given(
        description="The milestone, counted from the rollout, at which it may wake. The date alone wakes nothing."
    )
    why: str | None = leave(description="Why it exists. For people and the runbook; never leaves the repository.")
    by_hand: bool = defaults_to(False, description="Done by a person in the vendor's pages, not by golive.")
    allow: dict[str, str] = defaults_to(
        {}, alias="x-allow", description="Ids of rules that this object may break, each with the reason."
    )
    vendor: dict[str, dict[str, Any]] = Field(default_factory=dict, exclude=True)
    """What stands under the vendors' own names (`zendesk: {…}`), by that name."""
    _waits_for_crm: bool = PrivateAttr(False)

    @model_validator(mode="before")
    @classmethod
    def gather_vendor(cls, data: Any) -> Any:
        """Take what stands under a vendor's name out of the vocabulary's own attributes."""
        if not isinstance(data, dict):
            return data
        words = [word for word in vendor_words() if word not in cls.model_fields]
        extras = {word: data[word] for word in words if word in data}
        rest = {name: value for name, value in data.items() if name not in extras and name != "vendor"}
        return {**rest, "vendor": extras} if extras else rest

    @property
    def is_by_hand(self) -> bool:
        """Whether a person sets it up, in the vendor's pages."""
        return self.by_hand

    @classmethod
    def needed(cls, data: dict[str, Any]) -> list[str]:
        return [] if data.get("existing") else super().needed(data)

    @model_validator(mode="after")
    def check_common(self) -> Self:
        if self.phase is not None and self.not_before is not None:
            raise PydanticCustomError(
                "phase_twice",
                "`phase` and `not_before` cannot stand together",
                {"at": "not_before", "hint": "Remove one of them; `not_before` implies the phase rollout."},
            )
        if self.existing in (False, ""):
            raise PydanticCustomError(
                "existing",
                "`existing` is true, a name, or vendor_default",
                {"at": "existing", "hint": "Remove `existing: false`: an object without it is made by golive."},
            )
        if self.on_remove == "switch_off" and not self.has_switch:
            raise PydanticCustomError(
                "on_remove",
                "this kind cannot be switched off",
                {"at": "on_remove", "hint": "Say delete or release."},
            )
        return self

    @property
    def waits_for_crm(self) -> bool:
        """Whether it sleeps because it asks for a field of the CRM that the files call too empty."""
        return self._waits_for_crm

    def wait_for_crm(self) -> None:
        """Let it sleep until the CRM holds enough, whatever its phase."""
        self._waits_for_crm = True

    def does_without(self, path: tuple[str | int, ...]) -> bool:
        """Whether the object is sent although what a reference at this path names is not."""
        return "*" in self.dispensable or (bool(path) and path[0] in self.dispensable)

    @property
    def is_built_in(self) -> bool:
        """Whether it only stands for something that the systems have anyway, so that nothing is made or found."""
        return False

    @property
    def span(self) -> tuple[Phase, Phase | None]:
        """The phase from which it is awake, and the first in which it sleeps again; None where it does not."""
        if isinstance(self.phase, From):
            return self.phase.from_ or "build", self.phase.until
        return self.phase or "build", None

    @property
    def removal(self) -> Removal:
        """What leaving the YAML does, by the grammar's defaults."""
        if self.on_remove:
            return self.on_remove
        return "release" if self.carries_data else "delete_ours"


class Switched(Object):
    """An object that can be switched off."""

    has_switch: ClassVar[bool] = True

    active: bool = defaults_to(True, description="false: present and switched off.")


class Rule(Switched):
    """A rule of the helpdesk: it is switched off when it leaves the YAML, unless said otherwise."""

    comes_with_vendor: ClassVar[bool] = True

    @property
    def removal(self) -> Removal:
        return self.on_remove or "switch_off"


class Data(Object):
    """An object whose deletion loses what people have entered."""

    carries_data: ClassVar[bool] = True
