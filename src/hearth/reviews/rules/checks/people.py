"""Checks on who decides, who was asked, who is affected and whom the figures describe.

Sources: Customer Access Review reference, sections 3.2 (Brown principles 1 and 4), 3.3 and 3.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hearth.kernel.findings import Finding, Level
from hearth.reviews.rules.checks import dates, groups, words
from hearth.reviews.rules.checks.catalogue import Check
from hearth.reviews.rules.checks.context import Context
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

DECIDER = "Brown principle 4: the duty cannot be delegated; Bracking [2013] EWCA Civ 1345; Rahman [2011] EWHC 944"
REPORT = "Rahman v Birmingham [2011] EWHC 944: the assessment was not in the councillors' report"
ROUTE = "Housing Ombudsman guidance on equality: show who gave due regard"
ASKED = "Rahman v Birmingham [2011] EWHC 944; Equality and Human Rights Commission on the Home Office, 2020"
COVERED = "Bridges v South Wales Police [2020] EWCA Civ 1058: find out what is not known, often by asking"
PARTNERS = "The form's question on partners; Brown principle 4"
CUMULATIVE = "Audit Wales, 27 September 2022: the effect of several decisions together is rarely considered"

_DECIDES = re.compile(r"\bcommittee\b|\bcabinet\b|\bfull council\b|\bboard\b", re.IGNORECASE)
_FOUND = re.compile(
    r"\bresults?\b|\bfindings?\b|\bfound\b|\bsaid\b|\btold us\b|\brespon(?:ded|ses?|dents?)\b|\bhighlight"
    r"|\braised\b|\bconcern(?:s|ed)\b|\bpreferred\b|\bagreed\b|\bdisagreed\b|\bsupported\b|\bfelt\b|\bwanted\b"
    r"|\basked for\b|\bsuggested\b|\breplied\b|\bcommented\b|\d\s*%",
    re.IGNORECASE,
)
_EXERCISE = re.compile(
    r"\bconsultation\b|\bconsulted\b|\bsurvey|\binvited\b|\bfor comment\b|\bfocus group|\bworkshop|\binterview"
    r"|\bmade available to\b|\bquestionnaire|\bengaged with\b",
    re.IGNORECASE,
)
_ADDRESSES_GROUPS = re.compile(
    r"\bno (?:known |other )?(?:circumstances?|partners?|impacts?)\b|\bimpacts?\b|\bgroups\b|\bprotected\b"
    r"|\bequalit|\bdiscriminat|\bdisproportionate|\bdiverse\b",
    re.IGNORECASE,
)
_LEASEHOLD = re.compile(r"\blease-?hold|\bshared owner", re.IGNORECASE)
_ORGANISATIONS = re.compile(r"\bpartner|\borganisation|\bagenc|\bcontractor", re.IGNORECASE)


def no_body_approves(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C03: the subject goes to committee, yet the approval names no body that decides."""
    approval = "\n".join([content.approval.text, *content.approval.posts])
    if content.committee.yes and not _DECIDES.search(approval):
        message = (
            f"{words.opening(words.question('committee', form))} says that the subject goes to committee, but"
            f" {words.question('approval', form)} names no committee or Cabinet. The body that decides has to"
            " consider the findings itself: name it."
        )
        yield Finding("C03", Level.WARN, message, "approval", approval[:200], DECIDER, content.committee.body)


def not_with_report(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C04: the subject goes to committee and the review is not attached to the report. Silent where not held."""
    if content.committee.yes and context.report_attached is False:
        message = "The subject goes to committee, but this review is not attached to a committee report. Attach it."
        yield Finding("C04", Level.BLOCK, message, "committee", "", REPORT)


def _words_of_post(post: str) -> str:
    lower = words.plain(post).lower().replace("&", " and ")
    return " ".join(word for word in re.findall(r"[a-z]+", lower) if word not in {"of", "the", "for"})


def _names_post(approval: str, post: str) -> bool:
    """Whether an approval names a post, or the team that the post belongs to."""
    said, wanted = _words_of_post(approval), _words_of_post(post)
    lower_rank = r"(?<!deputy )(?<!assistant )(?<!acting )(?<!interim )"
    if wanted and re.search(rf"{lower_rank}\b{re.escape(wanted)}\b", said):
        return True
    ranks = re.compile(r"\b(?:head|director|manager|officer|chief|deputy|leader|member)\b")
    teams = [_words_of_post(part) for part in re.split(r"[&,;/\n]|\band\b", approval)]
    return any(team and not ranks.search(team) and f" {team} " in f" {wanted} " for team in teams)


def signatory_not_named(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C06: somebody signed whose post the approval does not name."""
    approval = "\n".join([content.approval.text, *content.approval.posts])
    for sign_off in context.sign_offs:
        if sign_off.post.strip() and not _names_post(approval, sign_off.post):
            message = (
                f"{sign_off.post.strip()} signed, but {words.question('approval', form)} does not name that post."
                " Name everyone who has to approve."
            )
            yield Finding("C06", Level.WARN, message, "approval", sign_off.post, ROUTE)


def nobody_affected_asked(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C10: the consultation shows nobody from outside: internal only."""
    for exercise in content.consultation.exercises:
        if exercise.groups or words.groups_in(words.without_names(exercise.who, bodies=False), form):
            return
        if _names_outsiders(words.without_names(exercise.who, bodies=False)):
            return
    for sentence in words.sentences(content.consultation.text):
        if groups.asks(sentence) and _names_people(sentence, form):
            return
    message = (
        f"{words.opening(words.question('consultation', form))} shows nobody from the groups that are affected."
        " Ask them, or say why their views are already known."
    )
    yield Finding("C10", Level.WARN, message, "consultation", content.consultation.text[:200], ASKED)


def _names_people(sentence: str, form: Form) -> bool:
    cleared = words.without_names(sentence, bodies=False)
    return bool(words.groups_in(cleared, form)) or _names_outsiders(cleared)


def _names_outsiders(text: str) -> bool:
    """Whether a text names people who live with the service, in words that a form need not list."""
    people = (
        "resident",
        "customer",
        "service user",
        "member of the public",
        "members of the public",
        "household",
        "victim",
        "survivor",
        "carer",
    )
    return words.mentions(text, people)


def findings_missing(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C13: an exercise is told without what it found."""
    exercises = content.consultation.exercises
    silent = [e.who or e.how for e in exercises if words.is_nothing(e.findings)]
    if not exercises:
        silent = _exercises_without_findings(content.consultation.text)
    for told in silent:
        message = (
            f"{words.opening(words.question('consultation', form))} asks for the key findings. Say what was said"
            f" in answer to: “{told[:150]}”."
        )
        yield Finding("C13", Level.WARN, message, "consultation", told[:200], ASKED)


def _exercises_without_findings(text: str) -> list[str]:
    """Sentences that tell of an exercise and are followed by no finding before the next exercise."""
    open_exercise, silent = "", []
    for sentence in words.sentences(text):
        if _FOUND.search(words.without_names(sentence, bodies=True)):
            open_exercise = ""
        elif _EXERCISE.search(sentence):
            silent += [open_exercise] if open_exercise else []
            open_exercise = sentence
    return silent + ([open_exercise] if open_exercise else [])


def partners_without_groups(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C26: the answer on partners does not speak of groups or impacts."""
    answer = content.partners
    text = "\n".join([answer.text, *(partner.circumstances for partner in answer.partners)])
    if answer.none or words.is_nothing(text) or _ADDRESSES_GROUPS.search(text) or words.spoken_of(text, form):
        return
    message = (
        f"{words.opening(words.question('partners', form))} asks how working with partners could affect groups"
        " differently. Say so for each partner, or say that there are no known circumstances."
    )
    yield Finding("C26", Level.WARN, message, "partners", text.strip()[:200], PARTNERS)


def leaseholders_left_out(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C27: leaseholders are affected, and there is no data on them or nobody asks them."""
    leasehold = [g.code for g in form.groups if _LEASEHOLD.search(g.label)]
    named = set(groups.affected_groups(content, form)) & set(leasehold)
    if not named and not _LEASEHOLD.search(content.affected.text):
        return
    told = [s for s in words.sentences(content.profile.text) if _LEASEHOLD.search(s) and re.search(r"\d\s*%", s)]
    described = [s.population for s in content.profile.snapshots if s.held] + [
        table.caption for table in content.profile.tables
    ]
    missing = [] if told or any(map(_LEASEHOLD.search, described)) else ["no figures describe them"]
    asked = groups.consulted_groups(content, form) & set(leasehold)
    missing += [] if asked else ["nobody has asked them"]
    if missing:
        message = (
            f"{words.opening(words.question('affected', form))} names leaseholders, but"
            f" {' and '.join(missing)}. Put this right, or say why it cannot be."
        )
        yield Finding("C27", Level.WARN, message, "affected", content.affected.text[:200], COVERED)


def scope_wider_than_data(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C28: a group is affected on which the profile says nothing (leaseholders: see C27)."""
    profile = content.profile
    told = "\n".join(
        [profile.text, *(s.population for s in profile.snapshots if s.held), *(t.caption for t in profile.tables)]
    )
    silent = [
        code
        for code in groups.affected_groups(content, form)
        if not _LEASEHOLD.search(label := _label(code, form))
        and not _ORGANISATIONS.search(label)
        and code not in words.groups_in(words.without_names(told, bodies=True), form)
    ]
    if silent:
        names = words.listed(groups.group_name(code, form) for code in silent)
        message = (
            f"{words.opening(words.question('affected', form))} names {names}, but the figures in"
            f" {words.question('profile', form)} describe somebody else. Add figures for them, or say that none"
            " are held."
        )
        yield Finding("C28", Level.WARN, message, "profile", names, COVERED)


def _label(code: str, form: Form) -> str:
    return next((group.label for group in form.groups if group.code == code), "")


def others_touch_the_same(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """C17: other open reviews of the same twelve months touch the same groups."""
    mine = set(groups.affected_groups(content, form))
    year = dates.assessed_year(content) or context.today.year
    for other in context.others_open:
        shared = [c for c in groups.affected_groups(other.content, form) if c in mine]
        if shared and abs(other.year - year) <= 1:
            names = words.listed(groups.group_name(code, form) for code in shared)
            message = (
                f"“{other.title}” ({other.year}) is open too and touches {names}. Consider what the two decisions"
                " do together."
            )
            yield Finding("C17", Level.INFORM, message, "affected", other.title, CUMULATIVE)


def groups_not_asked(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """G01: affected groups that nobody asked or plans to ask (CAR-41)."""
    names = groups.uncovered_names(content, form)
    if names:
        message = (
            f"{words.opening(words.question('affected', form))} names {words.listed(names)}, but nobody has asked"
            " them and nobody plans to. Ask them, or say why their views are already known."
        )
        yield Finding("G01", Level.WARN, message, "consultation", words.listed(names), COVERED)


def signed_without_name(content: Content, form: Form, context: Context) -> Iterator[Finding]:
    """G03: a signature that does not tell who signed (CAR-33)."""
    for sign_off in context.sign_offs:
        if not (sign_off.name or "").strip():
            post = sign_off.post.strip() or "Somebody"
            message = f"{post} signed, but the name is not told. Record who signed."
            yield Finding("G03", Level.WARN, message, "approval", post, ROUTE)


PEOPLE_CHECKS = (
    Check("C03", Level.WARN, "No deciding body is named", DECIDER, no_body_approves, ("approval", "committee")),
    Check(
        "C04",
        Level.BLOCK,
        "The review is not attached to the committee report",
        REPORT,
        not_with_report,
        ("committee",),
        overridable=True,
    ),
    Check("C06", Level.WARN, "Somebody signed who is not named", ROUTE, signatory_not_named, ("approval",)),
    Check(
        "C10",
        Level.WARN,
        "Nobody from the affected groups was asked",
        ASKED,
        nobody_affected_asked,
        ("consultation",),
    ),
    Check("C13", Level.WARN, "Key findings are missing", ASKED, findings_missing, ("consultation",)),
    Check(
        "C17",
        Level.INFORM,
        "Other open reviews touch the same groups",
        CUMULATIVE,
        others_touch_the_same,
        ("affected",),
    ),
    Check(
        "C26",
        Level.WARN,
        "The answer on partners says nothing of groups",
        PARTNERS,
        partners_without_groups,
        ("partners",),
    ),
    Check(
        "C27",
        Level.WARN,
        "Leaseholders are affected and left out",
        COVERED,
        leaseholders_left_out,
        ("affected", "profile", "consultation"),
    ),
    Check(
        "C28",
        Level.WARN,
        "More people are affected than the figures describe",
        COVERED,
        scope_wider_than_data,
        ("affected", "profile"),
    ),
    Check(
        "G01",
        Level.WARN,
        "Affected groups that nobody asked",
        COVERED,
        groups_not_asked,
        ("affected", "consultation", "gaps"),
    ),
    Check("G03", Level.WARN, "A signature without a name", ROUTE, signed_without_name, ("approval",)),
)
