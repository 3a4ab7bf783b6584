"""Weights: responses made to count as the population does, by cells, by margins in turn, or by regression.

Pure; numpy. The requirements of tenant surveys ask that responses that are not representative be weighted and that
every characteristic used is named (tenant satisfaction measures, reference 2.2; SUR-18). `weigh` is the door: it takes
coded variables and what is known of the population, and gives a `Weighting`: a weight for each response, a report in
plain words, and the `Sample` from which `hearth.surveys.rules.estimates` computes percentages with errors. All of it
works on cells (groups of responses that are alike in everything that bears on the weight), so that 200,000 responses
cost little more than a thousand. Why not a library: docs/adr/0018-survey-weights-in-numpy.md.
"""

from hearth.surveys.rules.weighting.coding import Coded, Margin, Missing, code
from hearth.surveys.rules.weighting.reading import Responses, read_margins, read_poststrata, read_responses
from hearth.surveys.rules.weighting.reporting import CategoryLine, Report, Summary, summary
from hearth.surveys.rules.weighting.samples import Sample, fixed_weights, unweighted
from hearth.surveys.rules.weighting.weigh import Method, Weighting, weigh

__all__ = [
    "CategoryLine",
    "Coded",
    "Margin",
    "Method",
    "Missing",
    "Report",
    "Responses",
    "Sample",
    "Summary",
    "Weighting",
    "code",
    "fixed_weights",
    "read_margins",
    "read_poststrata",
    "read_responses",
    "summary",
    "unweighted",
    "weigh",
]
