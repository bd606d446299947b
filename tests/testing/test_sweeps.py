"""What a sweep with no test written by hand finds, what it leaves alone, and how it is kept."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from mutant import Original, originals
from seeded_defects import DEFECTS, unseen

from flow_core.check import check
from flow_core.diagnostics import Severity
from flow_core.module import Module
from flow_core.project import Project
from flow_core.settings import Settings
from flow_core.simulate import fault_sweep
from flow_core.simulate.codes import run_time_pages
from flow_core.simulate.errors import SimulationError
from flow_core.simulate.faults import FaultPlan
from flow_core.simulate.run import plan_of
from flow_testing.sweeps import worlds
from flow_testing.sweeps.differing import differences
from flow_testing.sweeps.evidence import Evidence
from flow_testing.sweeps.judge import Judged, judge
from flow_testing.sweeps.saved import SavedSweep, read, save
from flow_testing.sweeps.worlds import choose_worlds, sweeper

HEAD = """\
flow: 1
name: flawed
components:
  get: {outputs: {text: string, ok: boolean}, run: {shell: [get]}}
  get_all: {outputs: {texts: list<string>}, run: {shell: [get]}}
  note: {outputs: {remark: string}, run: {shell: [note]}}
  put: {inputs: {text: string}, run: {shell: [put]}}
  take: {outputs: {taken: string}, run: {shell: [take]}}
  give_back: {inputs: {taken: string}, run: {shell: [give-back]}}
  ask:
    outputs: {answer: string}
    errors: {Busy: ask again later, Declined: no}
    run: {shell: [ask]}
  guarded:
    errors: {Fault: it broke, Declined: no}
    circuit_breaker: {failure_threshold: 2, reset_timeout: 5s, errors: [Fault]}
    run: {shell: [ask]}
  lucky: {estimate: {p50: 1s, failure_rate: 0.1}, run: {shell: [lucky]}}
  slow: {estimate: {p50: 2s, p95: 20s}, run: {shell: [slow]}}
"""
FLAWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "flaws.yaml").read_text(encoding="utf-8")
)
PIPELINES = [path for path in originals() if Original(path).module.is_pipeline]


def text_of(flaw: dict[str, Any], *, mended: bool = False) -> str:
    steps = flaw["steps"]
    assert flaw["was"] in steps
    steps = steps.replace(flaw["was"], flaw["is"]) if mended else steps
    indented = "".join(f"  {line}\n" for line in steps.splitlines())
    return f"{HEAD}{flaw.get('more', '')}\nsteps:\n{indented}"


def module_of(text: str) -> Module:
    return Project(Settings(root="/p"), lambda _: None).add("/p/flawed.flow.yaml", text)


def codes(judged: Judged) -> set[str]:
    return {flaw.code for flaw in judged.flaws}


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw['code']}-{flaw['why']}")
def test_a_flaw_is_found_and_gone_when_mended(
    flaw: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fault_sweep, "MOST_ATTEMPTS", 1_000)
    assert flaw["code"] in codes(judge(module_of(text_of(flaw))))
    assert flaw["code"] not in codes(judge(module_of(text_of(flaw, mended=True))))


def test_each_code_has_a_flaw_that_shows_it() -> None:
    swept = {code for code in run_time_pages() if code.startswith(("FL82", "FL83"))}
    assert swept - {flaw["code"] for flaw in FLAWS} == {"FL836"}


@pytest.mark.parametrize("flaw", FLAWS, ids=lambda flaw: f"{flaw['code']}-{flaw['why']}")
def test_no_check_of_the_text_finds_what_a_sweep_finds(flaw: dict[str, Any]) -> None:
    found = check(module_of(text_of(flaw)))
    assert not [each for each in found if each.severity is Severity.ERROR]


def test_a_flaw_is_at_its_line_with_the_run_that_shows_it() -> None:
    flaw = next(each for each in FLAWS if each["code"] == "FL824")
    flaws = judge(module_of(text_of(flaw))).flaws
    (found,) = [each for each in flaws if each.place.path == ("steps", "put")]
    assert found.code == "FL824"
    assert found.case is not None
    assert found.case.run is not None
    assert found.case.plan == FaultPlan.read("get#1=unexpected")
    assert found.help


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_examples_and_templates_are_without_a_flaw(path: Path) -> None:
    judged = judge(Original(path).module)
    assert [(flaw.code, flaw.message) for flaw in judged.flaws] == []
    assert judged.evidence.is_complete


EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
KEPT_SWEEPS = sorted(EXAMPLES.rglob("*.sweep.json"))


@pytest.mark.parametrize("path", KEPT_SWEEPS, ids=lambda path: path.name)
def test_the_examples_do_what_their_saved_sweeps_say(path: Path) -> None:
    example = EXAMPLES / path.relative_to(EXAMPLES).parts[0]
    stem = path.relative_to(example / "tests").as_posix().removesuffix(".sweep.json")
    (pipeline,) = example.glob(f"{stem}.flow.*")
    module = Original(pipeline).module
    evidence = Evidence(module, plan_of(module), ())
    assert [each.message for each in differences(evidence, read(path.read_bytes()))] == []


# Worlds

ETL = next(path for path in PIPELINES if path.parent.name == "etl" and "docs" in path.parts)


def test_the_first_world_is_one_in_which_all_goes_well() -> None:
    plan = plan_of(Original(ETL).module)
    world = choose_worlds(plan)[0]
    run = sweeper(plan, world).run(FaultPlan()).run
    assert run is not None
    assert run.succeeded
    assert set(run.path) == set(plan.graph.names)


def test_other_worlds_show_what_the_first_does_not() -> None:
    plan = plan_of(Original(ETL).module)
    ends = set[str]()
    for world in choose_worlds(plan):
        run = sweeper(plan, world).run(FaultPlan()).run
        ends.add(run.error.name if run and run.error else "")
    assert ends == {"", "AssertionFailed"}


def test_a_retried_call_gives_what_it_would_have_given_at_once() -> None:
    plan = plan_of(Original(ETL).module)
    runner = sweeper(plan, choose_worlds(plan)[0])
    plain, again = runner.run(FaultPlan()).run, runner.run(FaultPlan.read("join#1=unexpected")).run
    assert plain is not None
    assert again is not None
    assert again.steps["join"].attempts == 2
    assert again.outputs == plain.outputs


def test_a_world_with_given_inputs_keeps_them() -> None:
    plan = plan_of(Original(ETL).module)
    chosen = choose_worlds(plan, given={"day": "2026-11-20"})
    assert {str(world.inputs) for world in chosen} == {"{'day': '2026-11-20'}"}


def test_the_bound_on_runs_holds_for_all_worlds_together() -> None:
    judged = judge(Original(ETL).module, most=50)
    assert judged.cases <= 50 + len(judged.evidence.trials)
    assert not judged.evidence.is_complete


# Saved sweeps


def saved_of(module: Module) -> SavedSweep:
    return read(save(judge(module).evidence))


def changes(text: str, saved: SavedSweep) -> list[str]:
    module = module_of(text)
    return [flaw.message for flaw in differences(Evidence(module, plan_of(module), ()), saved)]


KEPT = f"""{HEAD}
steps:
  take:
    uses: take
    compensate: {{uses: give_back, with: {{taken: "${{{{ outputs.taken }}}}"}}}}
  ask:
    depends_on: [take]
    uses: ask
    retry: {{max_attempts: 3, delay: 5s, errors: [Busy]}}
"""


def test_a_pipeline_that_did_not_change_is_as_it_was_saved() -> None:
    assert changes(KEPT, saved_of(module_of(KEPT))) == []


@pytest.mark.parametrize(
    ("was", "is_", "told"),
    [
        ("max_attempts: 3", "max_attempts: 2", "`ask`: was “0s: Busy, waits 5s, Busy, waits 5s"),
        ("delay: 5s", "delay: 6s", "waits 6s"),
        ("depends_on: [take]", "description: x", "`take"),
        ("outputs.taken", "run.pipeline", "`taken` was"),
        ("    compensate:", "    x-no: #", "`take!compensate`"),
        ("errors: [Busy]", "errors: [Declined]", "`ask`: was “0s: Busy, waits 5s, ok”"),
    ],
)
def test_a_change_of_what_a_fault_leads_to_is_told(was: str, is_: str, told: str) -> None:
    assert was in KEPT
    saved = saved_of(module_of(KEPT))
    found = changes(KEPT.replace(was, is_), saved)
    assert any(told in message for message in found), found


def test_few_worlds_are_looked_at_where_runs_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "MOST_LOOKED", 50)
    text = f"""{HEAD}steps:
  get:
    uses: get
    repeat: {{until: "${{{{ outputs.text == 'never' }}}}", max_iterations: 20}}
"""
    looks: list[object] = []
    choose_worlds(plan_of(module_of(text)), tick=lambda: looks.append(None))
    assert len(looks) == 3


def test_the_default_of_a_secret_is_not_kept() -> None:
    flaw = {"was": "", "is": "", "steps": "put: {uses: put, with: {text: '${{ inputs.key }}'}}"}
    more = "inputs: {key: {type: string, secret: true, default: open sesame}}"
    module = module_of(text_of({**flaw, "more": more}))
    assert "sesame" in module.document.text
    assert b"sesame" not in save(judge(module).evidence)


def test_a_saved_sweep_says_in_words_what_happened() -> None:
    (world,) = saved_of(module_of(KEPT)).worlds
    assert world.runs["none"][""] == "succeeded after 0s"
    assert world.runs["ask=Busy"]["ask"] == "0s: Busy, waits 5s, Busy, waits 5s, Busy → failed"
    assert world.runs["ask=Busy"][""] == "failed with Busy at ask, compensated after 10s"


@pytest.mark.parametrize("text", [b"", b"{}", b'{"flow_sweep": 2}', b"[1]"])
def test_what_is_no_saved_sweep_is_refused(text: bytes) -> None:
    with pytest.raises(SimulationError, match="no saved sweep") as found:
        read(text)
    assert "--save" in found.value.help


# Defects that were made on purpose

SOME = 2
"""So many defects of each kind are made in each pipeline; all of them with `SOME = 1000`."""
SMALL = [path for path in PIPELINES if "docs" not in path.parts or path.parent.name == "flows"]


def test_defects_that_no_check_sees_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "SEEDS", 25)  # with 100 the same are found
    made = alone = kept = 0
    missed: list[str] = []
    for path in SMALL:
        original = Original(path)
        saved = saved_of(original.module)
        for defect in DEFECTS:
            for _, mutant in zip(range(SOME), unseen(original, defect), strict=False):
                made += 1
                module = Project(original.settings).add(str(path), mutant.text)
                judged = judge(module)
                alone += bool(judged.flaws)
                if judged.flaws or next(differences(judged.evidence, saved), None):
                    kept += 1
                else:
                    missed.append(f"{defect.__name__} {path.name}")
    assert made > 60
    assert kept >= made * 0.97, missed
    assert alone >= made * 0.35
