"""The instrument: questions, samples, ways of answering, answers, weights, margins, the regulator's measures.

What it is not: the reason for asking. A consultation, a repair or a complaint asks; this room only asks well.
"""
