"""A paper read out by a British English voice, as an audio file: the "audio tape" of older strategies.

Speech comes from espeak-ng as WAV; it is packed as MP3 where an encoder is at hand: the package
lameenc, or the program lame or ffmpeg.
"""

from __future__ import annotations

import importlib
import io
import re
import wave

from hearth.kernel.papers import Paper

from .braille import spoken_signs
from .linear import Kind, Step, linear
from .programs import to_mp3, to_speech

MP3, WAV = ("mp3", "audio/mpeg"), ("wav", "audio/wav")
_BIT_RATE = 48  # kilobits a second are plenty for one voice


def make(paper: Paper) -> tuple[bytes, str, str]:
    """The audio, its ending and its media type."""
    language = paper.language.lower()
    if language == "en" or not re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})*", language):
        language = "en-gb"
    return packed(to_speech(script(paper), language=language))


def script(paper: Paper) -> str:
    """What is read out: each thing a sentence, headings announced, tables row by row ("Age: no impact.")."""
    return "\n\n".join(said for step in linear(paper) if (said := _said(step)))


def _said(step: Step) -> str:
    text = re.sub(r"\[([^\]]*)\]", r"\1", spoken_signs(step.text))
    if not text:
        return ""
    if step.kind is Kind.HEADING:
        text = f"Heading: {text}"
    elif step.kind is Kind.CAPTION:
        text = f"Table: {text}"
    elif step.kind is Kind.NOTE:
        text = f"Note: {text}"
    elif step.mark.rstrip(".").isdigit():
        text = f"{step.mark.rstrip('.')}: {text}"
    return text if text[-1] in ".?!" else f"{text}."


def packed(speech: bytes) -> tuple[bytes, str, str]:
    """The WAV file as MP3, or as it is where no encoder is at hand."""
    try:
        lameenc = importlib.import_module("lameenc")
    except ImportError:
        made = to_mp3(speech, bit_rate=_BIT_RATE)
        return (made, *MP3) if made else (speech, *WAV)
    with wave.open(io.BytesIO(speech)) as sound:
        encoder = lameenc.Encoder()
        encoder.set_bit_rate(_BIT_RATE)
        encoder.set_in_sample_rate(sound.getframerate())
        encoder.set_channels(sound.getnchannels())
        encoder.set_quality(5)
        encoder.silence()
        body = encoder.encode(sound.readframes(sound.getnframes())) + encoder.flush()
    return bytes(body), *MP3
