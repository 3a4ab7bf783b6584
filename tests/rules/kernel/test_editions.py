"""Everything that was ever published of the same people, attacked all at once. Numbers are invented or read in."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest

from hearth.kernel.counts import Cell, Policy, Reason, Table, check_against, round_to, treat
from tests.rules.kernel.attack import Attack

POLICY = Policy(sensitive=10, other=5, rounding=5)
UNGUARDED = replace(POLICY, guard_certainty=False)


def table(counts, name="t"):
    return Table(name, tuple(Cell(f"c{n}", count, unknown=n == len(counts) - 1) for n, count in enumerate(counts)))


def publish(counts, earlier):
    """The next edition, made with all before it in hand; the newest is first in `earlier`."""
    previous = replace(earlier[0], earlier=tuple(earlier[1:])) if earlier else None
    return treat([table(counts)], sum(counts), UNGUARDED, previous)


class Together(Attack):
    """A reader who lays several editions of the same people side by side: for each cell the narrowest that any says."""

    def __init__(self, editions, base=None, exact=None):
        super().__init__(editions[0], base=base, exact=exact or {})
        for edition in editions[1:]:
            other = Attack(edition, base=base, exact=exact or {})
            for path, (least, most) in other.bounds.items():
                low, high = self.bounds[path]
                highest = [one for one in (high, most) if one is not None]
                self.bounds[path] = (max(low, least), min(highest) if highest else None)


def random_counts(random):
    sizes = [random.choice((0, 9, 9, 40, 400, 2_000)) for _ in range(random.randint(3, 7))]
    return [random.randint(0, size) for size in sizes]


def attacked(editions, counts):
    """Fails where a reader of these editions, all of these counts, pins a hidden cell; says how many were tried."""
    shown = {(t.name, c.label) for e in editions for t in e.tables for c in t.cells if c.shown is not None}
    exact = {("t", f"c{n}"): count for n, count in enumerate(counts) if ("t", f"c{n}") in shown}
    readers = [Together(editions), Together(editions, base=sum(counts), exact=exact)]
    last = editions[0].tables[0]
    tried = 0
    for cell in last.cells:
        for reader in readers:
            least, most = reader.interval(("t", cell.label))
            if cell.reason is Reason.SMALL:
                assert (least, most) == (1, 9), (counts, cell)
            elif cell.reason in (Reason.PROTECTS, Reason.CHANGE):
                assert most - least >= 8, (counts, cell)
            tried += cell.hidden
    return tried


@pytest.mark.slow
@pytest.mark.requirement("PROF-26")
def test_in_sixty_series_of_editions_no_reader_of_all_of_them_pins_a_hidden_cell(capsys):
    """Figures that stay as they are and figures that move by a few, in turn; each edition attacked with all like it."""
    random, tried, moved, made = Random(7), 0, 0, 0
    while made < 60:
        counts = random_counts(random)
        if sum(counts) < 10:
            continue
        made += 1
        history = []
        for _ in range(4):
            now = publish(counts, [edition for edition, _ in history])
            same = [edition for edition, then in history if then == counts]
            tried += attacked([now, *same], counts)
            for edition, _ in history:
                assert check_against(edition, now) == ()
            history.insert(0, (now, counts))
            if random.random() < 0.6:
                moves = [random.randint(-6, 6) if random.random() < 0.4 else 0 for _ in counts]
                counts = [max(0, count + move) for count, move in zip(counts, moves, strict=True)]
                if sum(counts) < 10:
                    break
                moved += 1
    with capsys.disabled():
        print(f"\n60 series of editions, {moved} editions with figures that moved: {tried} hidden cells attacked")
    assert tried > 500


@pytest.mark.requirement("PROF-26")
def test_a_change_that_the_last_edition_hid_is_not_shown_beside_the_one_before():
    """100, then hidden because it was 105, then 106: shown beside the last, not beside the first."""
    first = publish([100, 300, 400], [])
    second = publish([105, 300, 400], [first])
    assert second.tables[0].cells[0].reason is Reason.CHANGE
    third = publish([106, 300, 400], [second, first])
    assert third.tables[0].cells[0].hidden
    careless = treat([table([106, 300, 400])], 806, UNGUARDED, second)
    assert careless.tables[0].cells[0].shown == 105


@pytest.mark.requirement("PROF-26")
def test_what_an_earlier_edition_showed_of_the_same_people_is_no_help_in_hiding():
    """Under a lower threshold all was shown; to hide a small cell now, and another with it, would hide nothing."""
    low = treat([table([7, 300, 400])], 707, Policy(5, 5, 5, guard_certainty=False))
    assert low.tables[0].cells[0].shown == 5
    now = treat([table([7, 300, 400])], 707, UNGUARDED, low)
    assert {cell.reason for cell in now.tables[0].cells} == {Reason.WITHHELD}


@pytest.mark.requirement("PROF-26")
def test_the_real_seed_is_safe_from_a_reader_of_everything(shared):
    """The counts that the printed review of 2026 gives back, read from the reference and never kept here."""
    text = (shared / "reference" / "customer-access-reviews.md").read_text(encoding="utf-8")
    part = text[text.index("### 5.6") : text.index("### 5.7")]
    blocks = {}
    for line in re.findall(r"^\| ([A-Z][\w ]+) \| ([^|]*\d[^|]*) \|$", part, re.MULTILINE):
        numbers = [re.search(r"(\d[\d,]*)$", piece.strip()) for piece in line[1].split(";")]
        blocks[line[0]] = [int(found[1].replace(",", "")) for found in numbers if found]
    bases = {sum(counts) for counts in blocks.values()}
    assert len(blocks) == 6
    assert len(bases) == 1, "every block makes the base"
    base = bases.pop()
    tables = [
        Table(name, tuple(Cell(f"c{n}", c, unknown=n == len(counts) - 1) for n, c in enumerate(counts)), True)
        for name, counts in blocks.items()
    ]
    done = treat(tables, base, POLICY)
    true = {(name, f"c{n}"): count for name, counts in blocks.items() for n, count in enumerate(counts)}
    shown = {path for t in done.tables for c in t.cells if c.shown is not None for path in [(t.name, c.label)]}
    reader = Attack(done, base=base, exact={path: true[path] for path in shown})
    small = [path for path, count in true.items() if 0 < count < 10]
    assert len(small) == 7
    for path in small:
        assert path not in shown
        assert reader.interval(path) == (1, 9)
    assert done.cost.hidden == len(small) + 3  # one further cell in each of the three groups that have small ones


@pytest.mark.requirement("PROF-26")
def test_rounding_alone_would_not_protect_the_small_cells_of_such_a_table():
    """What the attacker of these tests can do: rounded figures without hiding bound a cell of three by five."""
    counts = [3, 300, 400]
    bare = treat([table(counts)], sum(counts), POLICY)
    shown = {("t", f"c{n}"): count for n, count in enumerate(counts) if n}
    low, high = Attack(bare, base=sum(counts), exact=shown).interval(("t", "c0"))
    assert (low, high) == (3, 3)
    assert round_to(3, 5) == 5
