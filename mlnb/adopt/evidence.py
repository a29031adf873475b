"""What speaks for a kind of notebook: one table of what is looked for, what it weighs and how it is told.

A weight is added to a kind's score, times how much of the thing there is (0 to 1). `none` stands for a notebook that is
no work of machine learning: a tutorial, an exercise, a test of a library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mlnb.adopt import measures as m
from mlnb.adopt.roles import Role
from mlnb.adopt.vocabulary import ADDRESSES, FOLDERS, LICENCE, NAMES, PROSE, TRAINING_DATA, TRAINING_OUTPUT, WORDS
from mlnb.notebook.kinds import Kind

NONE = "none"
CLASSES: tuple[str, ...] = (*(kind.value for kind in Kind), NONE)


@dataclass(frozen=True)
class Evidence:
    """One row of the table. `{}` in the sentence is replaced by the example."""

    sentence: str
    measure: m.Measure
    weights: Mapping[str, float]


def _row(
    sentence: str, measure: m.Measure, *, e: float = 0, c: float = 0, x: float = 0, d: float = 0, n: float = 0
) -> Evidence:
    return Evidence(sentence, measure, dict(zip(CLASSES, (e, c, x, d, n), strict=True)))


# ---------------------------------------------------------------- the table

BIAS: Mapping[str, float] = dict(zip(CLASSES, (0.0, 0.6, -0.5, -1.0, -0.5), strict=True))

EVIDENCE: tuple[Evidence, ...] = (
    # What people call it.
    _row("its name says “{}”", m.name("exploration"), e=2.4),
    _row("its name says “{}”", m.name("cleaning"), c=2.4),
    _row("its name says “{}”", m.name("experiment"), x=2.0),
    _row("its name says “{}”", m.name("deployment"), x=-0.4, d=4.0),
    _row("its name says “{}”", m.name("none"), c=-0.5, n=1.7),
    _row("its name speaks of {}", m.name_holds(TRAINING_DATA), c=1.0, x=-1.4),
    _row("its folder is called “{}”", m.folder(FOLDERS["exploration"]), e=1.2),
    _row("its folder is called “{}”", m.folder(FOLDERS["cleaning"]), c=0.8),
    _row("its folder is called “{}”", m.folder(FOLDERS["experiment"]), x=0.9),
    _row("its folder is called “{}”", m.folder(FOLDERS["deployment"]), d=1.1),
    _row("its folder is called “{}”", m.folder(FOLDERS["lesson"]), n=3.3),
    _row("its folder is called “{}”", m.folder(FOLDERS["example"]), n=1.2),
    _row("its project is called “{}”", m.project(FOLDERS["lesson"]), n=2.5),
    _row("its title says “{}”", m.title(NAMES["exploration"]), e=0.8, c=-0.4),
    _row("its title says “{}”", m.title(NAMES["cleaning"]), c=0.7),
    _row("its title says “{}”", m.title(NAMES["experiment"]), x=1.2),
    _row("its title says “{}”", m.title(NAMES["deployment"]), d=1.1),
    _row("its title says “{}”", m.title(NAMES["none"]), c=-0.5, n=1.2),
    _row("its title speaks of {}", m.title(TRAINING_DATA), c=0.1, x=-0.6),
    _row("it has sections such as “{}”", m.sections(NAMES["exploration"]), e=0.8),
    _row("it has sections such as “{}”", m.sections(NAMES["experiment"]), x=0.8),
    _row("it has sections such as “{}”", m.sections(NAMES["deployment"]), d=0.7),
    _row("its text says “{}”", m.says(PROSE["none"]), n=1.5),
    _row("its text says “{}”", m.says(PROSE["experiment"]), x=0.5),
    _row("its text says “{}”", m.says(PROSE["deployment"]), d=0.7),
    # What it does.
    _row("it trains ({})", m.does(Role.TRAIN), e=-0.8, c=-0.8, x=1.3, d=0.5),
    _row("its outputs tell of {}", m.outputs(TRAINING_OUTPUT), c=-0.2, x=0.5),
    _row("it tunes ({})", m.does(Role.TUNE), c=-0.5, x=1.0),
    _row("it measures predictions ({})", m.does(Role.EVALUATE), x=0.9),
    _row("it splits training from test data ({})", m.does(Role.SPLIT), x=0.4),
    _row("it predicts ({})", m.does(Role.PREDICT), x=0.5, d=1.0),
    _row("it uses a model trained before", m.when(m.uses_saved), x=0.4, d=1.8),
    _row("it predicts without training", m.when(m.predicts_only), x=0.3, d=1.0),
    _row("it saves what it trained ({})", m.does(Role.SAVE), x=0.5, d=0.5),
    _row("it serves or schedules ({})", m.does(Role.SERVE), d=1.6),
    _row("it writes a submission", m.when(m.submits), c=-1.2, x=0.5, d=1.2),
    _row("it plots in {} of its cells", m.share(Role.PLOT, full=0.5), e=1.6),
    _row("it shows pictures in {} of its cells", m.pictures, e=0.8),
    _row("it looks at rows and counts in {} of its cells", m.share(Role.LOOK, full=0.6), e=1.1, c=0.2),
    _row("it only looks and plots", m.when(m.looks_only), e=1.0, c=-0.4),
    _row("it tests hypotheses ({})", m.does(Role.TEST), e=0.8, x=0.2),
    _row("it cleans and reshapes in {} of its cells", m.share(Role.CLEAN, full=0.6), c=1.0),
    _row("it makes features ({})", m.does(Role.FEATURES), c=0.4, x=0.1),
    _row("it gathers data ({})", m.does(Role.GATHER), c=0.8, n=0.6),
    _row("it writes a table at its end", m.when(m.writes_late), c=0.7),
    _row("it writes data and neither trains nor plots much", m.when(m.stores_only), c=1.0),
    _row("it makes up its data ({})", m.does(Role.TOY), n=1.3),
    _row("it reads no data", m.when(m.reads_nothing), e=-0.5, c=-0.3, d=-0.3, n=0.8),
    _row("it plots what it computes itself and reads no data", m.when(m.plots_own), n=0.5),
    _row("it calls a model that is served", m.when(m.calls_service), c=-0.8, d=2.2),
    _row("it is short", m.when(m.is_short), n=0.5),
    _row("it looks in {} of its last cells", m.at_end(Role.LOOK), x=-0.4),
    _row("it explains its code with {} words a cell", m.explains, n=0.5),
    _row("its text speaks to its reader (“{}”)", m.how_often(ADDRESSES, 6), n=0.9),
    _row("its text says “{}”", m.says(LICENCE), n=1.0),
    _row("its text says “{}”", m.says(PROSE["cleaning"]), c=0.5),
    _row("its folder is called “{}”", m.folder(FOLDERS["package"]), n=0.5),
    _row("its name says “{}”", m.name_holds(NAMES["trial"]), c=-0.4, x=0.6, n=0.4),
    _row("its name says “{}”", m.name_holds(NAMES["results"]), c=-0.3, x=0.9),
    # What it imports and how its code speaks.
    _row("it imports {}", m.imports(m.TRAINERS), e=-0.3, c=-0.2, x=0.3),
    _row("it imports {}", m.imports(m.SERVERS), d=1.2),
    _row("it imports {}", m.imports(m.GATHERERS), c=0.3),
    _row("it imports {}", m.imports(m.MACHINE_LEARNING), c=-0.6, x=0.8, n=-0.4),
    _row("its code speaks of {}", m.writes_words(WORDS["experiment"], 6), e=-0.3, x=1.7),
    _row("its code speaks of {}", m.writes_words(WORDS["cleaning"], 5), c=0.9),
    _row("its code speaks of {}", m.writes_words(WORDS["deployment"], 4), d=1.2),
    _row("its code speaks of {}", m.writes_words(WORDS["none"], 3), n=1.0),
)
