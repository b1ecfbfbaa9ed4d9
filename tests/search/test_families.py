"""A verb, its noun and its doer find the same, and words that only look alike do not."""

from __future__ import annotations

import sqlite3

import pytest

from llmpath.words import FAMILY, kinship, stem
from tests.search.conftest import find, ids

SISTERS = """
quantize > quantization; quantize > quantizing; quantize > quantized; quantizer > quantization;
tokenize > tokenizer; tokenize > tokenization; tokenizer > tokenizing; embed > embedding;
embedding > embeddings; evaluate > evaluation; evaluate > evaluating; evaluator > evaluation;
fine-tune > fine-tuning; fine tune > fine-tune; finetuning > fine-tuning; finetune > fine-tuning;
fine tuning > finetuning; prune > pruning; pruned > pruning; distill > distillation;
distilled > distillation; retrieve > retrieval; retriever > retrieval; retrieving > retriever;
summarize > summarization; summarize > summarizer; classify > classification;
classifier > classification; classifying > classifier; train > training; trainer > training;
align > alignment; aligning > alignment; optimize > optimizer; optimization > optimizer;
regularize > regularization; normalize > normalization; hallucinate > hallucination;
hallucinations > hallucinate; deploy > deployment; deploying > deployment; serve > serving;
reason > reasoning; rerank > reranking; reranker > rerank; translate > translation;
translator > translation; compress > compression; benchmark > benchmarking; prompt > prompting;
cluster > clustering; visualize > visualization; merge > merging; chunk > chunking; cache > caching;
jailbreak > jailbreaking; pretrain > pretraining; pretrained > pretraining; annotate > annotation;
deduplicate > deduplication; route > routing; router > routing; transcribe > transcription;
augment > augmentation; calibrate > calibration; steer > steering; orchestrate > orchestration;
monitor > monitoring; parse > parser; index > indexing; filter > filtering;
vectorize > vectorization; generate > generation; label > labeling; crawl > crawler;
encode > encoder; decode > decoder
"""
STRANGERS = """
general > generation; policy > police; product > production; paper > pap; customer > custom;
note > not; bert > bart; moe > mode; factor > fact; matter > mat; number > numb; letter > let;
station > state; university > universe; model > mode; news > new; lora > lore; token > toke;
prompt > prom; agent > age; process > processor; computer > compute; agent > agency
"""


def rows(text: str) -> list[list[str]]:
    return [[word.strip() for word in row.split(">")] for row in text.split(";")]


@pytest.mark.parametrize(("one", "two"), rows(SISTERS))
def test_sisters_find_mostly_the_same(field: sqlite3.Connection, one: str, two: str) -> None:
    first, second = set(ids(find(field, one))), set(ids(find(field, two)))
    assert len(first) == 10
    assert len(first & second) / len(first | second) >= 0.5


@pytest.mark.parametrize(("one", "two"), rows(STRANGERS))
def test_words_that_only_look_alike_stay_apart(one: str, two: str) -> None:
    assert stem(one) != stem(two)
    assert kinship(one, two) <= FAMILY
