"""INRC-II benchmark: readers and checker on a hand-made scenario, the adapter against the checker on drawn rosters."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.inrc2 import __main__ as inrc2
from benchmarks.inrc2.adapter import adapt
from benchmarks.inrc2.checker import WEIGHTS, check
from benchmarks.inrc2.history import after
from benchmarks.inrc2.instance import (
    Contract,
    Grid,
    Need,
    Nurse,
    OffRequest,
    Past,
    Range,
    Scenario,
    ShiftType,
    Week,
)
from benchmarks.inrc2.outlook import LATER, SEAM_DAYS, expected
from benchmarks.inrc2.published import late_instances, published
from benchmarks.inrc2.reader import read_history, read_scenario, read_week
from benchmarks.inrc2.skills import assigned
from benchmarks.rostering.measure import Measured
from staffing.audit.check import audit
from staffing.domain.errors import InputError
from staffing.domain.objective import Level
from staffing.domain.result import Solution, Status
from tests.conformance.verdicts import by_check, by_solver

PUBLIC = Path(__file__).parents[2] / "shared" / "benchmarks" / "inrc2"

SCENARIO = """\
SCENARIO = n002w2

WEEKS = 2

SKILLS = 2
Head
Nurse

SHIFT_TYPES = 2
Early (2,3)
Night (2,4)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 1
Full (6,8) (2,4) (2,3) 1 1

NURSES = 2
Ann Full 2 Head Nurse
Bob Full 1 Nurse
"""
HISTORY = """\
HISTORY
0 n002w2

NURSE_HISTORY
Ann 0 0 Night 1 3 0
Bob 0 0 None 0 0 1
"""
WEEK = """\
WEEK_DATA
n002w2

REQUIREMENTS
Early Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Early Nurse (0,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Head (1,1) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (0,0) (0,2) (0,0) (0,0) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 2
Ann Any Tue
Bob Night Tue
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    """Write a data set of one history and two equal weeks."""
    found = tmp_path / "n002w2"
    found.mkdir()
    (found / "Sc-n002w2.txt").write_text(SCENARIO, encoding="utf-8")
    (found / "H0-n002w2-0.txt").write_text(HISTORY, encoding="utf-8")
    for number in (0, 1):
        (found / f"WD-n002w2-{number}.txt").write_text(WEEK, encoding="utf-8")
    return found


@pytest.fixture
def scenario(folder) -> Scenario:
    return read_scenario(folder / "Sc-n002w2.txt")


@pytest.fixture
def history(folder, scenario) -> Mapping[str, Past]:
    return read_history(folder / "H0-n002w2-0.txt", scenario)


@pytest.fixture
def week(folder, scenario) -> Week:
    return read_week(folder / "WD-n002w2-0.txt", scenario)


def test_the_readers_give_every_section(scenario, history, week):
    full = Contract("Full", Range(6, 8), Range(2, 4), Range(2, 3), 1, whole_weekends=True)
    assert scenario == Scenario(
        "n002w2",
        2,
        ("Head", "Nurse"),
        (ShiftType("Early", Range(2, 3), ()), ShiftType("Night", Range(2, 4), ("Early",))),
        (Nurse("Ann", full, ("Head", "Nurse")), Nurse("Bob", full, ("Nurse",))),
    )
    assert history == {"Ann": Past(0, 0, "Night", 1, 3, 0), "Bob": Past(0, 0, None, 0, 0, 1)}
    asked = [need for need in week.needs if need.heads.most]
    assert asked == [
        Need(0, "Early", "Nurse", Range(0, 1)),
        Need(0, "Night", "Head", Range(1, 1)),
        Need(1, "Night", "Nurse", Range(0, 2)),
    ]
    assert week.requests == (OffRequest("Ann", 1, None), OffRequest("Bob", 1, "Night"))


def test_a_reader_raises_all_faults_at_once(folder, scenario):
    broken = SCENARIO.replace("(2,3)\n", "(3,2)\n", 1).replace("Night 1 Early", "Night 2 Erly")
    broken = broken.replace("WEEKS = 2", "WEEKS = two").replace("Bob Full 1", "Bob Fulll 1")
    assert rows_of(folder / "Sc-n002w2.txt", broken, read_scenario) == [10, 15, 15, 22, None]
    late = HISTORY.replace("Bob 0 0 None 0 0 1", "Rob 0 0 Late 0 0")
    path = folder / "H0-n002w2-0.txt"
    assert rows_of(path, late, lambda p: read_history(p, scenario)) == [6, None]
    week = WEEK.replace("Ann Any Tue", "Ann Any Today").replace("Early Head", "Early Chef")
    path = folder / "WD-n002w2-0.txt"
    assert rows_of(path, week, lambda p: read_week(p, scenario)) == [5, 11]


def rows_of(path: Path, text: str, read) -> list[int | None]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    return [fault.row for fault in caught.value.faults]


def grid(**days: str) -> Grid:
    """Read ``-`` as a day off, ``E`` and ``N`` as shifts with the skill Nurse, ``H`` as a night with the skill Head."""
    meaning = {"-": None, "E": ("Early", "Nurse"), "N": ("Night", "Nurse"), "H": ("Night", "Head")}
    return {name: [meaning[c] for c in text] for name, text in days.items()}


def test_the_checker_adds_up_the_soft_costs(scenario, history, week):
    # Ann: H on Monday goes on to 2 nights and 4 working days in a row, as many as she may; 5 days off, 2 beyond 3; her
    # Sunday alone is half a weekend. 2 assignments of 6. Bob: 1 day off before Monday, 1 below 2. EE is fine, then 2
    # off, then N alone on Friday: 1 below 2 nights, and one working day, 1 below 2; the days off after it may go on.
    verdict = check(scenario, history, [week], grid(Ann="H-----N", Bob="EE--N--"))
    assert verdict.violations == ()
    counts = {term: cost // WEIGHTS[term] for term, cost in verdict.terms.items()}
    assert counts == {
        "optimal_cover": 2,  # Tuesday night
        "shift_runs": 1,
        "work_runs": 1,
        "off_runs": 2 + 1,
        "requests": 0,
        "half_weekends": 1,
        "assignments": 4 + 3,
        "weekends": 0,
    }
    assert verdict.objective == 60 + 15 + 30 + 90 + 0 + 30 + 140


def test_the_history_counts_and_its_excess_does_not(scenario, history, week):
    # Ann has worked 6 days, 5 of them nights; HN makes 8 and 7: of the 4 and 3 beyond only Monday and Tuesday are new.
    # Two weekends before are one too many already, this one is the second. Her request for Tuesday is missed.
    past = {**history, "Ann": Past(8, 2, "Night", 5, 6, 0)}
    verdict = check(scenario, past, [week], grid(Ann="HN---NN", Bob="-------"))
    assert verdict.terms["shift_runs"] == 15 * 2
    assert verdict.terms["work_runs"] == 30 * 2
    # Bob's 8 days off are 5 beyond the most, all of them new.
    assert verdict.terms["off_runs"] == 30 * 5
    assert verdict.terms["weekends"] == 30 * 2
    assert verdict.terms["requests"] == 10
    # Ann has 12 of at most 8, Bob none of at least 6.
    assert verdict.terms["assignments"] == 20 * (4 + 6)


def test_a_run_of_the_history_that_the_first_day_ends_is_short(scenario, history, week):
    # One night of at least two, three working days of at least two.
    verdict = check(scenario, history, [week], grid(Ann="-------", Bob="EE-----"))
    assert verdict.terms["shift_runs"] == 15
    assert verdict.terms["work_runs"] == 0


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"Ann": "-------"}, "0 of 1 Head on Night on day 0"),
        ({"Ann": "HE-----"}, "Ann works Early on day 1, the day after Night"),
        ({"Ann": "E------"}, "Ann works Early on day 0, the day after Night"),
        ({"Bob": "H------"}, "Bob works as Head on day 0 without that skill"),
        ({"Bob": "EE"}, "Bob has 2 days of 7"),
    ],
)
def test_the_checker_finds_a_planted_violation(scenario, history, week, days, sentence):
    verdict = check(scenario, history, [week], grid(**{"Ann": "H------", "Bob": "-------"} | days))
    assert sentence in verdict.violations
    assert len(verdict.violations) == 1 + (days == {"Ann": "E------"})  # no Head that night either


def test_an_unknown_shift_is_a_violation(scenario, history, week):
    late = {**grid(Ann="H------"), "Bob": [("Late", "Nurse"), *[None] * 6]}
    assert check(scenario, history, [week], late).violations == (
        "Bob works an unknown shift Late on day 0",
    )


def test_a_week_leaves_its_history_behind(history):
    found = after(history, grid(Ann="H--ENNN", Bob="NNN----"))
    assert found == {"Ann": Past(5, 1, "Night", 3, 4, 0), "Bob": Past(3, 0, None, 0, 0, 4)}
    # Whole weeks go on where the history stopped.
    found = after(history, grid(Ann="NNNNNNN", Bob="-------"))
    assert found == {"Ann": Past(7, 1, "Night", 8, 10, 0), "Bob": Past(0, 0, None, 0, 0, 8)}
    found = after(history, grid(Ann="EEEEEEE", Bob="-------"))
    assert found["Ann"] == Past(7, 1, "Early", 7, 10, 0)


def test_skills_fill_the_least_numbers_first(scenario, week):
    # Monday night asks for a Head: Ann, though Bob could not take it. Tuesday night asks for two Nurses.
    shifts = {"Ann": ["Night", "Night", *[None] * 5], "Bob": ["Night", "Night", *[None] * 5]}
    found = assigned(scenario, [week], shifts)
    assert found["Ann"][:2] == [("Night", "Head"), ("Night", "Nurse")]
    assert found["Bob"][:3] == [("Night", "Nurse"), ("Night", "Nurse"), None]


def test_weeks_to_come_are_expected_to_be_like_those_seen(week):
    # Working days ask for 1 nurse early and 2 at night in 5 days, weekends for nobody. By shift on two days 0.2 and 0.4
    # add up to 0.2, 0.6; 0.8, 1.2; then 0.6 a day to 1.8, 2.4, 3: rounded up one early on Monday, one at night on
    # Tuesday, one on Thursday. A week later it is 3.6, 4.2, 4.8, 5.4, 6. Of 1 head in 5 days Monday night has the first
    # fifth, and there the least number is 1 too; the second one comes a week later.
    found = [need for need in expected([week], 2) if need.heads.most]
    assert sorted((need.day, need.shift, need.skill) for need in found) == [
        (0, "Early", "Nurse"),
        (0, "Night", "Head"),
        (1, "Night", "Nurse"),
        (3, LATER, "Nurse"),
        (7, LATER, "Head"),
        (7, LATER, "Nurse"),
        (8, LATER, "Nurse"),
        (10, LATER, "Nurse"),
    ]
    assert {need.skill for need in found if need.heads != Range(0, 1)} == {"Head"}
    # One more week that asks for nobody halves it.
    quiet = replace(week, needs=tuple(replace(n, heads=Range(0, 0)) for n in week.needs))
    assert sum(need.heads.most for need in expected([week, quiet], 2)) == 4
    assert list(expected([week], 0)) == []


def drawn(rng: random.Random) -> tuple[Scenario, dict[str, Past], list[Week]]:
    """Draw a scenario of four nurses, three skills and one or two weeks."""
    shifts = (
        ShiftType("Early", Range(*sorted(rng.choices(range(1, 5), k=2))), ()),
        ShiftType("Late", Range(2, 3), ("Early",)),
        ShiftType("Night", Range(*sorted(rng.choices(range(1, 5), k=2))), ("Early", "Late")),
    )
    weeks = rng.choice((1, 2))
    contracts = [
        Contract(
            name,
            Range(*sorted(rng.choices(range(1, 5 * weeks), k=2))),
            Range(*sorted(rng.choices(range(1, 6), k=2))),
            Range(*sorted(rng.choices(range(1, 5), k=2))),
            rng.randint(0, 2),
            whole_weekends=rng.random() < 0.5,
        )
        for name in ("Full", "Part")
    ]
    skills = [("Head", "Nurse"), ("Nurse", "Aide"), ("Nurse",), ("Aide",)]
    nurses = tuple(Nurse(f"n{k}", rng.choice(contracts), own) for k, own in enumerate(skills))
    scenario = Scenario("drawn", weeks, ("Head", "Nurse", "Aide"), shifts, nurses)
    return scenario, {n.nurse: _past(rng) for n in nurses}, [_week(rng, scenario)] * weeks


def _past(rng: random.Random) -> Past:
    if rng.random() < 0.4:
        return Past(rng.randint(0, 3), rng.randint(0, 1), None, 0, 0, rng.randint(1, 5))
    worked = rng.randint(1, 6)
    last = rng.choice(("Early", "Late", "Night"))
    return Past(rng.randint(0, 3), rng.randint(0, 1), last, rng.randint(1, worked), worked, 0)


def _week(rng: random.Random, scenario: Scenario) -> Week:
    needs = [
        Need(day, shift.shift, skill, Range(least, least + rng.randint(0, 1)))
        for day in range(7)
        for shift in scenario.shifts
        for skill in scenario.skills
        if (least := int(rng.random() < 0.03)) + 1
    ]
    requests = [
        OffRequest(nurse.nurse, rng.randrange(7), rng.choice((None, "Early", "Night")))
        for nurse in scenario.nurses
    ]
    return Week(tuple(needs), tuple({(r.nurse, r.day): r for r in requests}.values()))


def drawn_shifts(
    rng: random.Random, scenario: Scenario, days: int
) -> Iterator[dict[str, Sequence[str | None]]]:
    for _ in range(8):
        found = {}
        for nurse in scenario.nurses:
            own: list[str | None] = []
            while len(own) < days:
                own += [None] * rng.randint(0, 3)
                own += sorted(rng.choices(("Early", "Late", "Night"), k=rng.randint(1, 4)))
            found[nurse.nurse] = own[:days]
        yield found


def test_the_package_and_the_checker_agree_on_drawn_rosters():
    # The objectives are equal, but for what the history alone has too much of, which the package calls inherited and
    # does not charge.
    rng = random.Random(3)
    allowed = broken = short = 0
    charged: Counter[str] = Counter()
    for _ in range(8):
        scenario, history, weeks = drawn(rng)
        adapted = adapt(scenario, history, weeks)
        inherited = sum(
            20 * max(0, history[n.nurse].assignments - n.contract.assignments.most)
            + 30 * max(0, history[n.nurse].weekends - n.contract.most_weekends)
            for n in scenario.nurses
        )
        drawn_rosters = list(drawn_shifts(rng, scenario, 7 * len(weeks)))
        rosters = [adapted.slots.roster(shifts) for shifts in drawn_rosters]
        bare = adapted.problem.changed(queues=())
        assert list(by_solver(adapted.book, bare, rosters)) == list(
            by_check(adapted.book, bare, rosters)
        )
        for shifts, roster in zip(drawn_rosters, rosters, strict=True):
            verdict = check(scenario, history, weeks, assigned(scenario, weeks, shifts))
            found = audit(adapted.problem, adapted.book, roster)
            floors = sum(
                v.cost for v in found.bill.violations if v.rule == "heads" and not v.inherited
            )
            hard = [v for v in verdict.violations if " of " not in v]
            below = len(verdict.violations) - len(hard)
            assert bool(hard) == bool(found.bill.must_violations)
            assert bool(below) == bool(floors)
            if not verdict.violations:
                charged.update(verdict.terms)
                assert found.bill.objective == (verdict.objective - inherited) * adapted.scale
            allowed, broken, short = allowed + (not hard), broken + bool(hard), short + bool(below)
    assert min(allowed, broken, short) > 8
    assert min(charged[term] for term in WEIGHTS) > 0


def test_with_an_outlook_forms_and_checks_agree_and_only_one_shift_is_offered_later():
    rng = random.Random(4)
    charged = 0
    for _ in range(6):
        scenario, history, weeks = drawn(rng)
        adapted = adapt(scenario, history, weeks, 1, weeks)
        first = 7 * len(weeks) + SEAM_DAYS
        rosters = [
            adapted.slots.roster(
                {
                    name: [*days[:first], *(d and LATER for d in days[first:])]
                    for name, days in of_all.items()
                }
            )
            for of_all in drawn_shifts(rng, scenario, 7 * len(weeks) + 7)
        ]
        bare = adapted.problem.changed(queues=())
        costs = list(by_check(adapted.book, bare, rosters))
        assert list(by_solver(adapted.book, bare, rosters)) == costs
        charged += sum(cost is not None for cost in costs)
        for day, shift in ((first, "Early"), (first - 1, LATER)):
            wrong = adapted.slots.roster({"n0": [*[None] * day, shift]})
            found = audit(adapted.problem, adapted.book, wrong).bill.must_violations
            assert "offered" in {violation.rule for violation in found}
    assert charged > 8


def test_floors_are_one_for_each_group_of_skills_that_nurses_link(scenario, history, week):
    # Ann links Head and Nurse: {Head} has Ann alone; {Nurse} and {Head, Nurse} have both, and the larger says more.
    adapted = adapt(scenario, history, [week])
    floors = [rule for rule in adapted.book.rules if rule.kind == "heads"]
    assert [floor.agents for floor in floors] == [("Ann",), ("Ann", "Bob")]
    assert all(rule.level is not Level.MUST for rule in floors)


def test_the_command_plays_week_by_week(folder, capsys, tmp_path):
    table = "instance,best_known,lower_bound,source\n"
    table += "n002w2 (late instances n002w2_0_0-1 n002w2_0_1-0),400,,x\n"
    (tmp_path / "best_known.csv").write_text(table, encoding="utf-8")
    out = tmp_path / "out.json"
    inrc2.main([str(folder), "--late", "--seconds-per-week", "1", "--json", str(out)])
    first, second = json.loads(out.read_text(encoding="utf-8"))
    assert (first["instance"], second["instance"]) == ("n002w2_0_0-1", "n002w2_0_1-0")
    for found in (first, second):
        assert found["violations"] == []
        assert found["objective"] == sum(found["terms"].values())
        assert [s["solver_objective"] == s["audited_objective"] for s in found["stages"]] == [
            True
        ] * 2
        assert found["published"]["best_known"] == "400"
    assert capsys.readouterr().out.startswith(f"n002w2_0_0-1: {first['objective']} (")
    # All weeks at once can only be better, and the package's account is then the checker's.
    inrc2.main(
        [
            str(folder),
            "--weeks",
            "0",
            "1",
            "--at-once",
            "--seconds-per-week",
            "2",
            "--json",
            str(out),
        ]
    )
    whole = json.loads(out.read_text(encoding="utf-8"))
    assert whole["objective"] == whole["stages"][0]["solver_objective"] <= first["objective"]


def test_a_stage_without_a_roster_ends_the_play_without_an_objective(folder, monkeypatch, tmp_path):
    clocks = []

    def no_time(problem, book, budget):
        clocks.append(budget.clock)
        nothing = Solution(
            status=Status.NO_TIME,
            roster=None,
            allocation=None,
            objective=None,
            bound=None,
            seconds=0,
        )
        return Measured(nothing, 0.0, 0.0, None)

    monkeypatch.setattr(inrc2, "solved", no_time)
    out = tmp_path / "out.json"
    inrc2.main([str(folder), "--weeks", "0", "1", "--clock", "processor", "--json", str(out)])
    assert clocks == ["processor"]
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["objective"], len(found["stages"])) == (None, 1)
    assert found["violations"] == ["Ann has 0 days of 14", "Bob has 0 days of 14"]


def test_the_command_asks_for_as_many_weeks_as_the_scenario_has(folder):
    with pytest.raises(SystemExit, match="n002w2 has 2 weeks, not 1"):
        inrc2.main([str(folder), "--weeks", "0"])


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public instances are not beside the clone")
def test_public_instances_are_read():
    folder = PUBLIC / "n120w8"
    scenario = read_scenario(folder / "Sc-n120w8.txt")
    assert (scenario.weeks, len(scenario.nurses), len(scenario.shifts)) == (8, 120, 4)
    history = read_history(folder / "H0-n120w8-2.txt", scenario)
    assert set(history) == {nurse.nurse for nurse in scenario.nurses}
    assert len(read_week(folder / "WD-n120w8-9.txt", scenario).needs) == 7 * 4 * 4
    assert late_instances(folder) == [
        (0, [0, 9, 9, 4, 5, 1, 0, 3]),
        (1, [7, 2, 6, 4, 5, 2, 0, 2]),
    ]
    assert published(folder, "n120w8_0_0-9-9-4-5-1-0-3")["best_known"] == "3510"
    assert late_instances(PUBLIC / "n005w4") == []
