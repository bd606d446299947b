"""A picture as Mermaid text, for pages and trackers that draw it."""

from collections.abc import Iterator

from flow_visualize.boxes import details, painted_words
from flow_visualize.geometry import Direction
from flow_visualize.picture import Edge, Node, Picture, children
from flow_visualize.text_size import clean

_ESCAPES = str.maketrans(
    {"&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;", "`": "#96;"}
)
_CLASSES = {
    "failed": "fill:#fde4e2,stroke:#b3261e,color:#1b2533",
    "succeeded": "fill:#e3f4e6,stroke:#2b7a3d,color:#1b2533",
    "skipped": "fill:#f4f4f4,stroke:#6f7680,color:#5a6779",
    "broken": "fill:#ffffff,stroke:#c62f2f,stroke-width:3px,color:#1b2533",
}


def mermaid_text(picture: Picture, direction: Direction = "TB") -> str:
    """A flowchart. Names are numbered, since Mermaid has words of its own."""
    return "\n".join(_chart(picture, direction)) + "\n"


def _chart(picture: Picture, direction: Direction) -> Iterator[str]:
    names = {node.id: f"s{index}" for index, node in enumerate(picture.nodes)}
    inside = children(picture.nodes)
    yield f"flowchart {direction}"
    for node in inside.get("", []):
        yield from _node(node, inside, names, "  ")
    for edge in picture.edges:
        yield f"  {names[edge.source]} {_arrow(edge)} {names[edge.target]}"
    yield from _styles(picture, names)


def _node(
    node: Node, inside: dict[str, list[Node]], names: dict[str, str], indent: str
) -> Iterator[str]:
    name, label = names[node.id], _label(node)
    if node.cluster and inside.get(node.id):
        yield f'{indent}subgraph {name}["{label}"]'
        for child in inside[node.id]:
            yield from _node(child, inside, names, indent + "  ")
        yield f"{indent}end"
    elif node.role == "choice":
        yield f'{indent}{name}{{" "}}'
    elif node.for_each:
        yield f'{indent}{name}[["{label}"]]'
    else:
        yield f'{indent}{name}["{label}"]'


def _label(node: Node) -> str:
    lines = [node.name, node.component, *details(node), *painted_words(node)]
    lines += [mark.message for mark in node.marks]
    if node.holds:
        lines.append(f"{node.holds:,} steps")
    return "<br/>".join(clean(line).translate(_ESCAPES) for line in lines if line)


def _arrow(edge: Edge) -> str:
    line = "==>" if edge.critical else "-->" if edge.kind in ("data", "order", "branch") else "-.->"
    return f'{line}|"{clean(edge.label).translate(_ESCAPES)}"|' if edge.label else line


def _styles(picture: Picture, names: dict[str, str]) -> Iterator[str]:
    for style, told in _CLASSES.items():
        found = [
            names[node.id]
            for node in picture.nodes
            if (node.broken if style == "broken" else node.painted.status == style)
        ]
        if found:
            yield f"  classDef {style} {told}"
            yield f"  class {','.join(found)} {style}"
