"""What people paste for a paper, a video or a repository names it to a command."""

from __future__ import annotations

import pytest

from tests.conftest import Run


@pytest.mark.parametrize(
    ("pasted", "title"),
    [
        ("arXiv:1706.03762", "Attention Is All You Need"),
        ("arXiv:1706.03762v7 [cs.CL]", "Attention Is All You Need"),
        ("arxiv.org/abs/1706.03762", "Attention Is All You Need"),
        ("10.48550/arXiv.1706.03762", "Attention Is All You Need"),
        ("git@github.com:karpathy/nanoGPT.git", "nanoGPT"),
    ],
)
def test_an_address_as_it_is_pasted_is_a_name(run: Run, pasted: str, title: str) -> None:
    assert run("show", pasted).out.splitlines()[0].startswith(title)
