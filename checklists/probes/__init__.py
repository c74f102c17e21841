"""Every probe by its name. A new one is a small class in a file of this folder and one line here."""

from __future__ import annotations

from checklists.probes.accounts import (
    AddressesVerified,
    AdminsActive,
    AgentsActive,
    DefaultRulesSettled,
    NoStrangers,
    SignedIn,
    WebhooksAlive,
)
from checklists.probes.addresses import OldAddressLands, SeparateAddress
from checklists.probes.answers import FiguresSet, ProfilesAnswered, SessionsFitSize
from checklists.probes.apps import AppInstalled
from checklists.probes.articles import (
    ArticleAge,
    ArticleFeedback,
    ArticlePictures,
    Articles,
    ArticlesOpen,
    BotReady,
)
from checklists.probes.base import Probe
from checklists.probes.brands import RuleOrder
from checklists.probes.chat import SlackFlow, SlackMember
from checklists.probes.context import ContextAgrees, ContextComplete, CrmAccess, CrmAccounts, CrmTrace, StandInsNamed
from checklists.probes.crm import FieldsOnPage
from checklists.probes.declared import Declared, Described, FilesValid, RulesHold
from checklists.probes.engine import RecordAgrees, StateShared, StateSound
from checklists.probes.files import Files
from checklists.probes.imports import AuthorsMatched, ImportComplete, ImportsSilent, NoRulesImported, SampleAccepted
from checklists.probes.later import LATER
from checklists.probes.live import Exists, InStep, PlanEmpty, UnchangedByHand
from checklists.probes.log import ChannelsTried, CohortShare, InternalStageLasted, PhaseLasted
from checklists.probes.migrations import (
    AddressesDecided,
    HistoryComplete,
    LegacyPagesMoved,
    LegacyRulesDecided,
    LogHasColumns,
    MacrosReviewed,
    MappingDecided,
    RedirectsAnswer,
)
from checklists.probes.placeholders import Placeholders
from checklists.probes.prepared import (
    AutoClose,
    Dormant,
    EscalatesAfter,
    LiveAddressWaits,
    SupportTiers,
    TicketTypes,
)
from checklists.probes.promises import SlaAlerts, SlaHours, SlaTargets
from checklists.probes.routing import AssignmentMethod
from checklists.probes.rules import EnabledRules, RulesHavePhases
from checklists.probes.security import AuditLog, SignInPage
from checklists.probes.structure import (
    CountedFieldsAreChoices,
    CustomerForm,
    MappedFields,
    OwnersNamed,
    StructureFitsSize,
    TrackerMapping,
)
from checklists.probes.success import CsmBridge, CsmStandIn
from checklists.probes.tracker import TrackerFlow
from checklists.probes.watched import Watched
from checklists.probes.web import FormIsEasy, HelpCenterHost, WebPage

_ALL: tuple[Probe, ...] = (
    ContextAgrees(),
    StandInsNamed(),
    CrmTrace(),
    CsmBridge(),
    CsmStandIn(),
    ContextComplete(),
    CrmAccess(),
    CrmAccounts(),
    Declared(),
    FilesValid(),
    RulesHold(),
    Described(),
    Placeholders(),
    EnabledRules(),
    RulesHavePhases(),
    RuleOrder(),
    SlaTargets(),
    SlaAlerts(),
    SlaHours(),
    StructureFitsSize(),
    CustomerForm(),
    CountedFieldsAreChoices(),
    MappedFields(),
    TrackerMapping(),
    OwnersNamed(),
    SeparateAddress(),
    OldAddressLands(),
    AssignmentMethod(),
    FiguresSet(),
    ProfilesAnswered(),
    SessionsFitSize(),
    Dormant(),
    TicketTypes(),
    SupportTiers(),
    EscalatesAfter(),
    AutoClose(),
    InStep(),
    Exists(),
    UnchangedByHand(),
    PlanEmpty(),
    AddressesVerified(),
    LiveAddressWaits(),
    WebhooksAlive(),
    AgentsActive(),
    NoStrangers(),
    AdminsActive(),
    DefaultRulesSettled(),
    SignedIn(),
    SignInPage(),
    AuditLog(),
    ChannelsTried(),
    PhaseLasted(),
    InternalStageLasted(),
    CohortShare(),
    Watched(),
    StateSound(),
    RecordAgrees(),
    StateShared(),
    Files(),
    Articles(),
    ArticleAge(),
    ArticlesOpen(),
    ArticlePictures(),
    ArticleFeedback(),
    BotReady(),
    HelpCenterHost(),
    WebPage(),
    FormIsEasy(),
    FieldsOnPage(),
    AppInstalled(),
    SlackFlow(),
    SlackMember(),
    TrackerFlow(),
    HistoryComplete(),
    MappingDecided(),
    LegacyRulesDecided(),
    MacrosReviewed(),
    LegacyPagesMoved(),
    RedirectsAnswer(),
    AddressesDecided(),
    NoRulesImported(),
    LogHasColumns(),
    ImportComplete(),
    AuthorsMatched(),
    ImportsSilent(),
    SampleAccepted(),
    *LATER,
)

PROBES: dict[str, Probe] = {probe.name: probe for probe in _ALL}
