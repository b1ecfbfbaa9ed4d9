"""A title typed with a slip finds its work; a figure decides only where it is part of a name."""

from __future__ import annotations

import sqlite3

import pytest

from tests.search.conftest import find, ids

# Famous papers and long titles, one letter of each left out or swapped.
SLIPS = """
efficient memory manaement for large language model serving with pagedattention
> paged-attention-paper
attenion is all you need > attention-is-all-you-need-paper
lora adptation of large language models > lora-paper
qlora efficient fietuning of quantized llms > qlora-paper
direct preference optimization your langauge model is secretly a reward model > dpo-paper
resoving interference when merging models > ties-merging-paper
aliginng language models with instructions > self-instruct-paper
how far can camels exporing the state of instruction tuning on open resources > tulu-camels-paper
from local to global a graph rag approach to sumamrization > graphrag-paper
flashattention fast and exact atteniton with > flash-attention-paper
training lanuage models to follow instructions with human feedback > instructgpt-paper
lima less is more for alignmnet > lima-paper
constiuttional ai harmlessness from ai feedback > constitutional-ai-paper
incentivizing reasoning capabiity in llms via reinforcement learning > deepseek-r1-paper
can langage models resolve github > swe-bench-paper
chatbot arena an open plaform for evaluating llms by human preference > chatbot-arena-paper
dapo an llm reiforcement learning system at scale > dapo-paper
small langugae models are the future of agentic ai > slm-agentic-future-paper
alinment faking in large language models > alignment-faking-paper
chain of thought monitorablity a new and fragile opportunity for ai safety
> cot-monitorability-paper
prompting science report the decresaing value of chain of thought in prompting
> decreasing-value-of-cot-report
colpali efficient document retrieal with vision language models > colpali-paper
gepa reflective prompt evolution can oupterform reinforcement learning > gepa-paper
scaling up inference acceleration of large lanuage models via test > eagle-3-paper
the attacker moves second stronger adaptive attacks bypass defenses against llm jailbraeks
> attacker-moves-second-paper
design pattrens for securing llm agents against prompt injections > agent-security-patterns-paper
from univariate to univesal forecasting > chronos-2-paper
how ai impacts skill fomration > ai-skill-formation-paper
finetuned langage models are learners > flan-paper
stop pretraining adapt langauge models to domains and tasks > dont-stop-pretraining-paper
lessons from the llm trnches > t-rag-paper
a time series is worth words forecsting with transformers > patchtst-paper
itransformer inverted transforemrs are effective for time series forecasting > itransformer-paper
insturction tuning for large language models a survey > instruction-tuning-survey-paper
"""
# What is typed with a figure that tells little, and without: the same is found, nearly.
LITTLE = """
rag tutorial 2023 > rag tutorial; best embedding models 2024 > best embedding models;
agents course 2025 > agents course; vllm 2026 > vllm; prompt engineering 101 > prompt engineering;
16gb vram local llm > vram local llm; run 70b locally > run locally; kv cache 128k > kv cache;
8gb laptop llm > laptop llm; 10 lora tips > lora tips; chunk size 512 > chunk size;
train 1b model from scratch > train model from scratch
"""
# Where the figure is part of the name, it is in the title or name of the first hit.
NAMES = """
gpt-2 > gpt-2; deepseek v3 > deepseek-v3; deepseek r1 > deepseek-r1; mamba-3 > mamba-3;
phi 4 > phi-4; gemma 3 > gemma 3; kimi k2 > kimi k2; glm 4.5 > glm-4.5; olmo 2 > olmo 2;
qwen3 > qwen3;
s1 > s1; word2vec > word2vec;
cs336 > cs336; fp8 > fp8; gpt-oss 20b > gpt-oss-20b; smollm3 > smollm3
"""
SAID = "llama 3.1 > llama 3.1; llama 2 > llama 2; T5 > t5; gpt-3 > few-shot learners"


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in row.split(">")] for row in table.split(";")]


@pytest.mark.parametrize(
    ("typed", "work"), rows(SLIPS.strip().replace("\n>", " >").replace("\n", ";"))
)
def test_a_title_with_a_slip_finds_its_work_first(
    field: sqlite3.Connection, typed: str, work: str
) -> None:
    assert ids(find(field, typed))[0] == work


@pytest.mark.parametrize(("with_figure", "without"), rows(LITTLE))
def test_a_figure_beside_words_does_not_decide(
    field: sqlite3.Connection, with_figure: str, without: str
) -> None:
    first, second = find(field, with_figure), find(field, without)
    assert len({*ids(first)} & {*ids(second)}) >= 7
    assert set(first.topics) & set(second.topics)


@pytest.mark.parametrize(("text", "title"), rows(NAMES))
def test_the_figure_of_a_name_decides(field: sqlite3.Connection, text: str, title: str) -> None:
    assert title in find(field, text).hits[0].resource.title.casefold()


@pytest.mark.parametrize(("text", "said"), rows(SAID))
def test_the_figure_of_a_name_is_among_three(
    field: sqlite3.Connection, text: str, said: str
) -> None:
    found = [hit.resource for hit in find(field, text, limit=3).hits]
    assert any(said in f"{one.title} {one.summary}".casefold() for one in found)
