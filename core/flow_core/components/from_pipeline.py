"""A pipeline as a component: its inputs and outputs are its ports."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flow_core.components.signature import Port, Signature
from flow_core.places import Place
from flow_core.types.kinds import Type

if TYPE_CHECKING:
    from flow_core.model.pipeline import Pipeline


def pipeline_signature(
    pipeline: "Pipeline", outputs: Mapping[str, Type], errors: Mapping[str, str], file: str
) -> Signature:
    """The signature of the pipeline of a file.

    ``outputs`` are the types of its outputs, declared or inferred; ``errors`` what it can raise.
    Its estimate is left to who can walk its steps.
    """
    ports = {
        name: Port(
            name=name,
            type=outputs[name],
            description=output.description,
            place=Place(("outputs", name), file=file),
        )
        for name, output in pipeline.outputs.items()
        if name in outputs
    }
    return Signature(
        name=pipeline.name,
        kind="pipeline",
        inputs=pipeline.inputs,
        outputs=ports,
        errors=dict(errors),
        version=pipeline.version,
        description=pipeline.description,
        tags=pipeline.tags,
        secrets=pipeline.secrets,
        place=Place(("name",), file=file),
        target=file,
    )
