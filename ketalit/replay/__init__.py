"""A loopback server that speaks E-utilities and ClinicalTrials.gov API v2 over a corpus of real or sample records."""

from ketalit.replay.corpus import Corpus, earlier_versions
from ketalit.replay.server import ReplayServer

__all__ = ["Corpus", "ReplayServer", "earlier_versions"]
