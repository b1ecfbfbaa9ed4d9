"""Every query is told its topics; one that has nothing to do with the field is told none."""

from __future__ import annotations

import sqlite3

import pytest

from llmpath.search.answer import answer
from llmpath.search.engine import Found
from llmpath.search.query import parse
from llmpath.store.catalog.selection import Selection
from tests.conftest import Run

FIRST = """
what is a derivative > calculus; eigenvalues and eigenvectors > linear-algebra;
bayes rule > probability; hypothesis test p value > statistics;
what is cross entropy > information-theory; why is my loss nan > numerical-computation;
pandas dataframe tutorial > data-science-libraries; train test leakage > data-preprocessing;
precision recall f1 > machine-learning-concepts; scikit-learn > machine-learning-libraries;
t-sne plot > dimensionality-reduction; how does backpropagation work > neural-network-training;
dropout > overfitting; pytorch autograd > pytorch; lemmatization > text-preprocessing;
tf-idf > feature-extraction; glove vectors > word-embeddings; lstm > recurrent-networks;
why can't chatgpt count letters in strawberry > tokenization; byte pair encoding > tokenization;
multi-head attention explained > attention; rotary position embedding > positional-embeddings;
mixtral experts > mixture-of-experts; build gpt from scratch > transformer-from-scratch;
top p sampling > text-generation; constrained decoding json > structured-outputs;
chinchilla > scaling-laws; muon optimizer > optimizers-and-stability;
write a triton kernel > gpu-kernels; gradient checkpointing > memory-efficient-training;
fp8 training > low-precision-training; fsdp > distributed-training;
catastrophic forgetting > continued-pretraining; alpaca dataset > instruction-datasets;
self-instruct > synthetic-data-generation; unsloth > fine-tuning-frameworks;
slerp mergekit > model-merging; reward model > reward-modeling;
direct preference optimization > dpo; constitutional ai > self-alignment;
sycophancy > model-behaviour; deepseek r1 > reasoning-models; reward hacking > reward-hacking;
mmlu > general-benchmarks; humaneval > task-benchmarks;
lm-evaluation-harness > evaluation-harnesses; bleu rouge > traditional-metrics;
model makes things up > hallucination; gptq awq > post-training-quantization;
sparse autoencoders > interpretability; needle in a haystack > long-context;
state space models > alternatives-to-transformer; few shot prompts > prompt-engineering;
openai api streaming > llm-apis; reduce llm bill > llm-cost-and-routing;
run a model on my laptop > local-deployment; gguf > gguf-llama-cpp;
extract tables from pdf > document-parsing; chunk size > splitting-documents;
pinecone > vector-databases; hnsw > vector-indexing; chat with my documents > rag;
hybrid search bm25 > retrievers; colbert > late-interaction-retrieval;
neo4j graph rag > knowledge-graphs; dspy > program-llms; text to sql > query-construction;
tool calling > function-calling; mcp server > model-context-protocol;
langgraph > agent-frameworks; claude code > coding-agents; browser agent > computer-use-agents;
langfuse tracing > observability; whisper > speech-and-voice;
continuous batching > serving-engines; draft model speculative > speculative-decoding;
streamlit gradio demo > demo-deployment; llm on a phone > edge-deployment;
jailbreak chatgpt > prompt-hacking; poisoned model weights > backdoors;
eu ai act > responsible-ai; stock market sentiment llm > financial-llms;
forecasting time series > time-series-transformers;
how to become an ai engineer > ai-careers-and-industry; tranformer > transformer-architecture;
my agent loops forever > agents
"""
AMONG_THREE = """
best of n sampling > test-time-compute; how much vram do I need > memory-estimation;
tokeniser slow fast > tokenization; robot arm that reads images > vision-language-models
"""
NOTHING = """
chocolate cake recipe; guitar chords; wedding dress; pizza delivery; plumber berlin;
football results;
buy shoes; horoscope today; lose belly fat; garden furniture; bicycle repair; lasagna;
tennis racket;
train timetable London; stomach ache remedy; tattoo ideas; yoga for beginners; mortgage rates;
premier league table; how to boil an egg; best coffee maker; dog breeds; knitting patterns
"""
FIELD_AND_MORE = """
guitar fine tuning > full-fine-tuning; recipe rag chocolate > rag; horoscope transformer >
transformer-architecture; zzlib quantization > quantization; zzlib tokenizer > tokenization;
flibberdb vector search > vector-databases; flibber evaluation > evaluation-harnesses
"""


def asked(connection: sqlite3.Connection, text: str) -> Found:
    return answer(connection, "", parse(text), Selection(), 10)


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in row.split(">")] for row in table.split(";")]


@pytest.mark.parametrize(("text", "topic"), rows(FIRST))
def test_the_topic_that_is_meant_comes_first(
    field: sqlite3.Connection, text: str, topic: str
) -> None:
    assert asked(field, text).topics[0] == topic


@pytest.mark.parametrize(("text", "topic"), rows(AMONG_THREE))
def test_the_topic_that_is_meant_is_among_three(
    field: sqlite3.Connection, text: str, topic: str
) -> None:
    assert topic in asked(field, text).topics[:3]


@pytest.mark.parametrize("text", [text.strip() for text in NOTHING.split(";")])
def test_what_is_not_of_the_field_has_no_topic(field: sqlite3.Connection, text: str) -> None:
    found = asked(field, text)
    assert found.topics == ()
    assert found.unknown


@pytest.mark.parametrize(("text", "topic"), rows(FIELD_AND_MORE))
def test_a_word_of_the_field_beside_others_tells_its_topic(
    field: sqlite3.Connection, text: str, topic: str
) -> None:
    found = asked(field, text)
    assert found.topics[0] == topic
    assert found.unknown


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("pgvectorscale", "Vector databases"),
        ("chromalite", "Vector databases"),
        ("haystackify", "RAG frameworks"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_what_is_near(run: Run, name: str, near: str) -> None:
    out = run("search", name).out
    assert out.startswith(f"Nothing on '{name}'; near: ")
    assert near in out.splitlines()[0]


@pytest.mark.parametrize("text", ["rag", "vllm", "chat with my documents", "explain it simply"])
def test_a_hit_never_shows_other_names_of_topics(field: sqlite3.Connection, text: str) -> None:
    for hit in asked(field, text).hits:
        shown = "".join(piece for piece, _ in hit.why.excerpt).strip("… ")
        assert " ".join(shown.split()) in " ".join(hit.resource.summary.split())
