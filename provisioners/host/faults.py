"""Faults as the engine understands them: a gRPC status with a plain message, never a traceback."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf.any_pb2 import Any as AnyMessage
from pulumi.runtime.proto import provider_pb2, status_pb2

from provisioners.errors import SystemFault
from provisioners.host.structs import structure
from provisioners.provider import PartialFailure
from provisioners.report import Report
from provisioners.sign_in import granted_tokens

_SECRET_NAME = re.compile(r"env:(\w+)")
_SHORTEST_SECRET = 4


@dataclass
class Redaction:
    """Takes the values of named secrets, and tokens granted for them, out of texts, whoever put them there."""

    _names: set[str] = field(default_factory=set)

    def learn(self, value: Any) -> None:
        """Note every `env:NAME` inside a value."""
        if isinstance(value, str):
            self._names.update(_SECRET_NAME.findall(value))
        elif isinstance(value, Mapping):
            for item in value.values():
                self.learn(item)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self.learn(item)

    def text(self, text: str) -> str:
        for name in list(self._names):
            secret = os.environ.get(name, "").strip()
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, f"<{name}>")
        for token in granted_tokens():
            text = text.replace(token, "<token>")
        return text

    def value(self, value: Any) -> Any:
        """A report's facts with all texts redacted."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


@dataclass(frozen=True)
class Refusal:
    """What a call is ended with."""

    code: grpc.StatusCode
    message: str
    details: bytes | None = None

    @property
    def metadata(self) -> Iterable[tuple[str, bytes]]:
        return (("grpc-status-details-bin", self.details),) if self.details else ()


def refusal(error: Exception, resource: str, report: Report, redaction: Redaction) -> Refusal:
    """The status for an error, after reporting it: `fault` for expected ones, `bug` for ours."""
    if isinstance(error, PartialFailure):
        message = redaction.text(str(error))
        _report_fault(error.fault, resource, report)
        failed = provider_pb2.ErrorResourceInitFailed(
            id=error.identifier, properties=structure(error.outs), reasons=[message]
        )
        detail = AnyMessage()
        detail.Pack(failed)
        status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=message, details=[detail])
        return Refusal(grpc.StatusCode.UNKNOWN, message, status.SerializeToString())
    if isinstance(error, SystemFault):
        _report_fault(error, resource, report)
        return Refusal(grpc.StatusCode.FAILED_PRECONDITION, redaction.text(str(error)))
    where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    report("bug", {"resource": resource, "error": repr(error), "where": where})
    message = (
        f"{resource}: golive failed with {type(error).__name__}: {error}. This is a fault of golive: please report it."
    )
    return Refusal(grpc.StatusCode.INTERNAL, redaction.text(message))


def _report_fault(fault: SystemFault, resource: str, report: Report) -> None:
    facts = {"code": fault.code, "what": fault.what, "why": fault.why, "do": fault.do}
    report("fault", {"resource": resource, **facts, "took_effect": fault.took_effect})
