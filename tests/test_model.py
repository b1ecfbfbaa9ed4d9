"""Whatever is done in whatever order, the database holds what a simple model says."""

from __future__ import annotations

from hypothesis import settings

from tests.model import STEPS, Learning

Learning.TestCase.settings = settings(max_examples=30, stateful_step_count=STEPS, deadline=None)
TestLearning = Learning.TestCase
