"""Pipelines of any length to measure with: realistic steps that depend on each other."""

_HEAD = """\
flow: 1
name: sample_{number}
description: A pipeline to measure with.
inputs: {{order: string, limit: {{type: integer, default: 10}}}}
components:
  call:
    description: Does something.
    inputs: {{text: string, count: integer}}
    outputs: {{text: string, count: integer}}
    errors: {{Busy: try again}}
    run: {{shell: [echo]}}
steps:
  first:
    uses: call
    with: {{text: "${{{{ inputs.order }}}}", count: 1}}
"""

_STEP = """\
  {step}:
    # Waits for the one before it.
    uses: call
    when: ${{{{ steps.{before}.outputs.count < inputs.limit }}}}
    with:
      text: "after ${{{{ steps.{before}.outputs.text }}}}"
      count: ${{{{ steps.{before}.outputs.count + 1 }}}}
    timeout: 30s
    retry: {{max_attempts: 3, delay: 1s, backoff: exponential, errors: [Busy]}}
"""

_LINES_OF_STEP = _STEP.count("\n")


def pipeline(lines: int, number: int = 0) -> str:
    """A valid pipeline of about so many lines."""
    return with_steps(max(0, lines - _HEAD.count("\n")) // _LINES_OF_STEP, number)


def with_steps(count: int, number: int = 0) -> str:
    """A valid pipeline of so many steps beside the first; those of two numbers share no name."""
    parts = [_HEAD.format(number=number)]
    before = "first"
    for index in range(count):
        step = f"step_{number}_{index}"
        parts.append(_STEP.format(step=step, before=before))
        before = step
    return "".join(parts)
