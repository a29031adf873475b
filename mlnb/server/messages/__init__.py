"""What crosses HTTP, declared once; `labextension/src/api/_schema.ts` is generated from this file.

Every path is a contents path: relative to the Jupyter server's root, `/` between its parts.
Times are ISO 8601 in UTC, durations are seconds, cells are counted from 0.
"""

from __future__ import annotations

from mlnb.server.messages.adopt import AdoptApply as AdoptApply
from mlnb.server.messages.adopt import AdoptDatasetRow as AdoptDatasetRow
from mlnb.server.messages.adopt import AdoptPlan as AdoptPlan
from mlnb.server.messages.adopt import AdoptRequest as AdoptRequest
from mlnb.server.messages.adopt import AdoptResult as AdoptResult
from mlnb.server.messages.adopt import AdoptRow as AdoptRow
from mlnb.server.messages.base import Confidence as Confidence
from mlnb.server.messages.base import KindName as KindName
from mlnb.server.messages.base import Message as Message
from mlnb.server.messages.base import NodeType as NodeType
from mlnb.server.messages.base import ParameterType as ParameterType
from mlnb.server.messages.base import Refusal as Refusal
from mlnb.server.messages.base import Relation as Relation
from mlnb.server.messages.base import RunState as RunState
from mlnb.server.messages.base import Severity as Severity
from mlnb.server.messages.base import Verdict as Verdict
from mlnb.server.messages.changes import ChangeInfo as ChangeInfo
from mlnb.server.messages.changes import ChangeList as ChangeList
from mlnb.server.messages.changes import Moved as Moved
from mlnb.server.messages.changes import MovedFile as MovedFile
from mlnb.server.messages.changes import MovedRequest as MovedRequest
from mlnb.server.messages.changes import NameGuess as NameGuess
from mlnb.server.messages.changes import ReferenceInfo as ReferenceInfo
from mlnb.server.messages.changes import RefusedFile as RefusedFile
from mlnb.server.messages.changes import RenamePreview as RenamePreview
from mlnb.server.messages.changes import RenameRequest as RenameRequest
from mlnb.server.messages.changes import Undone as Undone
from mlnb.server.messages.changes import UndoRequest as UndoRequest
from mlnb.server.messages.check import CheckReport as CheckReport
from mlnb.server.messages.check import DiagnosticInfo as DiagnosticInfo
from mlnb.server.messages.create import Created as Created
from mlnb.server.messages.create import CreateOptions as CreateOptions
from mlnb.server.messages.create import CreatePreview as CreatePreview
from mlnb.server.messages.create import CreateRequest as CreateRequest
from mlnb.server.messages.create import HandoverItem as HandoverItem
from mlnb.server.messages.create import HandoverOffers as HandoverOffers
from mlnb.server.messages.create import InitRequest as InitRequest
from mlnb.server.messages.create import KindInfo as KindInfo
from mlnb.server.messages.create import NotebookInfo as NotebookInfo
from mlnb.server.messages.create import ProjectInfo as ProjectInfo
from mlnb.server.messages.create import ScratchRequest as ScratchRequest
from mlnb.server.messages.create import TemplateInfo as TemplateInfo
from mlnb.server.messages.create import VariableInfo as VariableInfo
from mlnb.server.messages.data import AddDatasetRequest as AddDatasetRequest
from mlnb.server.messages.data import DatasetInfo as DatasetInfo
from mlnb.server.messages.data import DatasetList as DatasetList
from mlnb.server.messages.lineage import LineageEdge as LineageEdge
from mlnb.server.messages.lineage import LineageInfo as LineageInfo
from mlnb.server.messages.lineage import LineageNode as LineageNode
from mlnb.server.messages.promote import Comparison as Comparison
from mlnb.server.messages.promote import PromoteJob as PromoteJob
from mlnb.server.messages.promote import PromoteRequest as PromoteRequest
from mlnb.server.messages.promote import Promotion as Promotion
from mlnb.server.messages.promote import StepInfo as StepInfo
from mlnb.server.messages.run import ParameterInfo as ParameterInfo
from mlnb.server.messages.run import RunForm as RunForm
from mlnb.server.messages.run import RunInfo as RunInfo
from mlnb.server.messages.run import RunList as RunList
from mlnb.server.messages.run import StartRun as StartRun
from mlnb.server.messages.run import UsedDataset as UsedDataset
from mlnb.server.messages.search import Fragment as Fragment
from mlnb.server.messages.search import HitInfo as HitInfo
from mlnb.server.messages.search import SearchAnswer as SearchAnswer
from mlnb.server.messages.split import Crossing as Crossing
from mlnb.server.messages.split import SplitJob as SplitJob
from mlnb.server.messages.split import SplitOffer as SplitOffer
from mlnb.server.messages.split import SplitOffers as SplitOffers
from mlnb.server.messages.split import SplitRequest as SplitRequest
