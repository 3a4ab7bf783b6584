"""The chain of seals shows any change of what was sealed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.audit.rules import START, Link, seal, verify

WORDS = st.text(max_size=12)
EVENTS = st.lists(
    st.fixed_dictionaries({"deed": WORDS, "by_name": WORDS, "detail": st.just({})}), min_size=1, max_size=8
)


def chain(events):
    before, links = START, []
    for position, event in enumerate(events, start=1):
        before = seal(before, event)
        links.append(Link(position, position + 100, before, event))
    return links


@given(EVENTS)
def test_a_chain_that_nobody_touched_holds(events):
    assert verify(chain(events)) is None


def test_an_empty_chain_holds():
    assert verify([]) is None


@pytest.mark.requirement("GOV-36")
@given(EVENTS, st.data())
def test_any_changed_word_is_found_at_its_place(events, data):
    links = chain(events)
    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = replace(links[at], event={**links[at].event, "by_name": links[at].event["by_name"] + "!"})
    broken = verify(links)
    assert (broken.position, broken.event_id) == (at + 1, at + 101)
    assert "changed" in broken.why


@pytest.mark.requirement("GOV-36")
@given(EVENTS, st.data())
def test_a_removed_event_is_found_at_its_place(events, data):
    links = chain(events)
    at = data.draw(st.integers(0, len(links) - 1))
    links[at] = replace(links[at], event=None)
    broken = verify(links)
    assert (broken.position, broken.why) == (at + 1, "the event is gone")


@pytest.mark.requirement("GOV-36")
@given(EVENTS.filter(lambda events: len(events) > 1), st.data())
def test_a_removed_seal_is_found_unless_it_was_the_last(events, data):
    links = chain(events)
    at = data.draw(st.integers(0, len(links) - 2))
    del links[at]
    broken = verify(links)
    assert (broken.position, broken.why) == (at + 1, "a seal is missing")


@given(EVENTS.filter(lambda events: len(events) > 1 and events[0] != events[1]))
def test_two_events_that_changed_places_are_found(events):
    links = chain(events)
    links[0], links[1] = replace(links[0], event=links[1].event), replace(links[1], event=links[0].event)
    assert verify(links).position == 1


def test_the_order_of_an_events_facts_does_not_matter_to_its_seal():
    assert seal(START, {"a": 1, "b": 2}) == seal(START, {"b": 2, "a": 1})
    assert seal(START, {"a": 1}) != seal("1" * 64, {"a": 1})
