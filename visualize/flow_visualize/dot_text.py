"""A picture in the language of Graphviz, for its own layouts and for other tools."""

from collections.abc import Iterator

from flow_visualize.boxes import face
from flow_visualize.geometry import Direction
from flow_visualize.picture import Edge, Node, Picture, children
from flow_visualize.text_size import clean
from flow_visualize.themes import THEMES, Theme, ThemeName

_LINES = {"condition": "dashed", "catch": "dashed", "compensate": "dotted"}


def dot_text(picture: Picture, direction: Direction = "TB", theme: ThemeName = "light") -> str:
    """The text of a DOT file. A box with insides is a cluster, whose arrows end at its border."""
    return "\n".join(_graph(picture, direction, THEMES[theme])) + "\n"


def _graph(picture: Picture, direction: Direction, theme: Theme) -> Iterator[str]:
    inside = children(picture.nodes)
    yield f"digraph {_quoted(picture.name)} {{"
    yield f'  graph [rankdir={direction} compound=true bgcolor="{theme.paper}" fontname=Helvetica];'
    yield "  node [shape=box style=filled fontname=Helvetica fontsize=12 margin=0];"
    yield "  edge [fontname=Helvetica fontsize=10];"
    for node in inside.get("", []):
        yield from _node(node, inside, theme, "  ")
    clusters = {node.id for node in picture.nodes if node.cluster}
    for index, edge in enumerate(picture.edges):
        yield f"  {_edge(edge, inside, clusters, theme)} [id=e{index}];"
    yield "}"


def _node(node: Node, inside: dict[str, list[Node]], theme: Theme, indent: str) -> Iterator[str]:
    if not node.cluster:
        yield f"{indent}{_quoted(node.id)} [{_leaf(node, theme)}];"
        return
    style = "dashed" if node.role in ("finally", "catch", "compensate") else "solid"
    yield f"{indent}subgraph {_quoted(f'cluster_{node.id}')} {{"
    yield f"{indent}  graph [label={_quoted(_words(node))} style={style} labeljust=l];"
    for child in inside.get(node.id, []):
        yield from _node(child, inside, theme, indent + "  ")
    if not inside.get(node.id):
        yield f'{indent}  {_quoted(node.id)} [style=invis label=""];'
    yield f"{indent}}}"


def _leaf(node: Node, theme: Theme) -> str:
    if node.role == "choice":
        return 'shape=diamond label="" width=0.42 height=0.42 fixedsize=true fillcolor=white'
    written = face(node)
    colour = theme.error if node.broken else theme.kinds.get(node.kind, theme.line)
    return (
        f"label={_quoted(_words(node))} width={written.width / 72:.3f} "
        f'height={written.height / 72:.3f} fixedsize=true color="{colour}" fillcolor="{theme.box}" '
        f'fontcolor="{theme.ink}"'
    )


def _words(node: Node) -> str:
    return "\n".join(line.text for line in face(node).lines)


def _edge(edge: Edge, inside: dict[str, list[Node]], clusters: set[str], theme: Theme) -> str:
    """An arrow. Graphviz joins no clusters: the first box inside stands for one."""
    settings = [f'color="{theme.error if edge.broken else theme.arrow}"']
    if edge.label:
        settings.append(f"label={_quoted(clean(edge.label))}")
    if edge.kind in _LINES:
        settings.append(f"style={_LINES[edge.kind]}")
    if edge.source in clusters:
        settings.append(f"ltail={_quoted(f'cluster_{edge.source}')}")
    if edge.target in clusters:
        settings.append(f"lhead={_quoted(f'cluster_{edge.target}')}")
    source, target = (_stand_in(name, inside, clusters) for name in (edge.source, edge.target))
    return f"{_quoted(source)} -> {_quoted(target)} [{' '.join(settings)}]"


def _stand_in(name: str, inside: dict[str, list[Node]], clusters: set[str]) -> str:
    while name in clusters and inside.get(name):
        name = inside[name][0].id
    return name


def _quoted(text: str) -> str:
    r"""A text in double quotes, as DOT reads it.

    >>> _quoted('say "hi"')
    '"say \\"hi\\""'
    """
    told = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{told}"'
