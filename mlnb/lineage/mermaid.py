"""A lineage as a Mermaid flowchart, which GitHub, GitLab and JupyterLab draw."""

from __future__ import annotations

from mlnb.lineage.graph import Lineage, Node, NodeType

LONGEST = 80

# Shape says the type; what goes round the label in Mermaid.
_SHAPES: dict[NodeType, tuple[str, str]] = {
    "notebook": ("[", "]"),
    "dataset": ("[(", ")]"),
    "run": ("([", "])"),
    "pipeline": ("[[", "]]"),
}
_PLAIN_INSIDE = frozenset("-_.@/")


def mermaid(lineage: Lineage) -> str:
    """The text of the flowchart. Names come from files, so none of their characters can end a label."""
    names = {node.id: f"n{place}" for place, node in enumerate(lineage.nodes)}
    lines = ["flowchart LR"]
    for node in lineage.nodes:
        before, after = _SHAPES[node.type]
        lines.append(f'  {names[node.id]}{before}"{escaped(_words(node))}"{after}')
    pairs = dict.fromkeys((edge.source, edge.target) for edge in lineage.edges)
    lines += [f"  {names[source]} --> {names[target]}" for source, target in pairs]
    missing = [names[node.id] for node in lineage.nodes if node.missing]
    if missing:
        lines += ["  classDef missing stroke-dasharray: 4 3", f"  class {','.join(missing)} missing"]
    if lineage.focus in names:
        lines += ["  classDef focus stroke-width: 3px", f"  class {names[lineage.focus]} focus"]
    return "\n".join(lines) + "\n"


def _words(node: Node) -> str:
    kind = (node.kind if node.type == "notebook" else None) or node.type
    return f"{node.label} ({kind}, missing)" if node.missing else f"{node.label} ({kind})"


def escaped(label: str) -> str:
    """A label of which Mermaid takes every character as it is, cut to a readable length.

    Letters, digits and spaces stay, and a few marks between letters, where they begin no Markdown;
    all else becomes a character code.
    """
    text = label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"
    return "".join(_escaped(text, place) for place in range(len(text)))


def _escaped(text: str, place: int) -> str:
    character = text[place]
    if character.isalnum() or character == " ":
        return character
    inside = text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
    if character in _PLAIN_INSIDE and inside:
        return character
    return f"#{ord(character)};" if character.isprintable() else " "
