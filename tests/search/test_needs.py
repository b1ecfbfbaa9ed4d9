"""Which topics a text needs: what the words of short texts must bring, and what they must not."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.search import mentions, needs, translation
from llmpath.search.lexicon import Lexicon
from llmpath.search.mentions import Names, stem
from llmpath.search.needs import Need
from llmpath.search.wording import Wording
from llmpath.words import words_of


@pytest.fixture(scope="module")
def wording(field: sqlite3.Connection) -> Wording:
    return Wording(field)


def found(wording: Wording, text: str) -> list[Need]:
    connection = wording._connection
    return needs.needs(needs.read(text, wording, Lexicon(connection)), wording)


def topics(wording: Wording, text: str) -> list[str]:
    return [one.topic for one in found(wording, text)]


# Texts, each with what it must bring and what it must not.
TEXTS: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]] = (
    (
        "We adapt a frozen language model with low-rank matrices (LoRA) and compare with QLoRA.",
        ("lora", "qlora"),
        ("llm-introduction", "rag", "agents"),
    ),
    (
        "Skills: Python, NumPy, pandas, scikit-learn; attention to detail.",
        ("python-basics", "data-science-libraries", "machine-learning-libraries"),
        ("attention", "agent-skills"),
    ),
    (
        "Week 1: Tokenization\nWeek 2: Attention\nWeek 3: Transformers\nWeek 4: Scaling laws",
        ("tokenization", "attention", "transformer-architecture", "scaling-laws"),
        ("rag",),
    ),
    (
        "Build RAG pipelines with embeddings, vector databases, re-ranking and LangChain.",
        ("rag", "vector-databases", "post-processing", "orchestrators"),
        ("lora",),
    ),
    (
        "Direct preference optimization trains on preference pairs and needs no reward model.",
        ("dpo", "preference-datasets", "reward-modeling"),
        ("agents",),
    ),
    (
        "The scanner probes a chatbot for prompt injection, jailbreaks and hallucination.",
        ("prompt-hacking", "hallucination"),
        ("tokenization",),
    ),
    (
        "Serve the model with vLLM; speculative decoding and the KV cache cut latency.",
        ("serving-engines", "speculative-decoding", "kv-cache"),
        ("rlhf",),
    ),
    (
        "Convert the weights to GGUF and run them with llama.cpp or Ollama on a laptop.",
        ("gguf-llama-cpp", "local-deployment"),
        ("dpo",),
    ),
    (
        "Topics: n-gram language models; RNNs and LSTMs; word2vec and GloVe; BERT; T5.",
        ("language-modeling", "recurrent-networks", "word-embeddings", "encoder-models"),
        ("agents",),
    ),
    (
        "GRPO with verifiable rewards improves reasoning models; PPO needs a value network.",
        ("rlvr-grpo", "ppo", "reasoning-models"),
        ("rag",),
    ),
    (
        "AI agents call tools over the Model Context Protocol and keep an agent memory.",
        ("model-context-protocol", "agent-memory"),
        ("lora",),
    ),
    (
        "Post-training quantization with GPTQ and AWQ; knowledge distillation; pruning.",
        ("post-training-quantization", "knowledge-distillation", "pruning"),
        ("rag",),
    ),
    (
        "Mixture-of-experts layers, FlashAttention and rotary embeddings in one model.",
        ("mixture-of-experts", "flash-attention", "positional-embeddings"),
        ("evaluation-in-practice",),
    ),
    (
        "Vision-language models answer questions about pictures.",
        ("vision-language-models",),
        ("language-modeling",),  # the words of a longer name are that name's
    ),
    (
        "Automatic scores such as BLEU and ROUGE, an LLM as a judge, and human evaluation.",
        ("traditional-metrics", "llm-as-judge", "human-evaluation"),
        ("lora",),
    ),
    ("Fine tuning, finetuning and fine-tuned models.", ("full-fine-tuning",), ("rag",)),
    ("pre-training data: Common Crawl, minhash deduplication", ("data-pipeline",), ("rag",)),
    ("Prompt engineering, chain-of-thought", ("prompt-engineering", "chain-of-thought"), ()),
    ("graph databases such as Neo4j, GraphRAG", ("knowledge-graphs",), ()),
    ("state space models (Mamba) and RWKV", ("alternatives-to-transformer",), ()),
    ("FSDP, ZeRO and tensor parallelism on many GPUs", ("distributed-training",), ()),
    ("rag", ("rag",), ("rag-evaluation",)),
    ("Python", ("python-basics",), ("data-science-libraries",)),
    ("LLM", ("llm-introduction",), ()),
)


@pytest.mark.parametrize(("text", "wanted", "unwanted"), TEXTS)
def test_a_short_text_brings_its_topics(
    wording: Wording, text: str, wanted: Sequence[str], unwanted: Sequence[str]
) -> None:
    got = topics(wording, text)
    assert set(wanted) <= set(got), got
    assert not set(unwanted) & set(got), got


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "The quick brown fox jumps over the lazy dog near the bank of a river.",
        "Ingredients: two eggs, flour, butter, a pinch of salt. Bake for an hour.",
        "hello world",
        "Our company offers a salary, free lunch and a gym; send us a letter in English.",
    ],
)
def test_a_text_from_elsewhere_needs_nothing(wording: Wording, text: str) -> None:
    assert topics(wording, text) == []


def test_each_topic_comes_with_the_words_that_speak_for_it(wording: Wording) -> None:
    got = {
        one.topic: one.words for one in found(wording, "Chunking, Pinecone, FAISS; re-ranked hits.")
    }
    assert got["splitting-documents"] == ("Chunking",)
    assert set(got["vector-databases"]) == {"Pinecone", "FAISS"}


def test_what_a_text_is_about_comes_first(wording: Wording) -> None:
    text = (
        "Speculative decoding, revisited. Speculative decoding lets a draft model propose tokens"
        " that the target model checks. We study speculative decoding with a quantized draft"
        " model and report the acceptance rate of the drafts and the latency."
    )
    first = found(wording, text)[0]
    assert first.topic == "speculative-decoding"
    assert first.main


def test_an_acronym_counts_only_in_capitals_within_a_text(wording: Wording) -> None:
    told = "Please let the rest of the team know before you dare to merge that into the main tree."
    assert "model-merging" not in topics(wording, told)
    assert "model-merging" in topics(wording, "Merge the checkpoints with SLERP, TIES or DARE.")


def test_the_same_text_brings_the_same(wording: Wording, field: sqlite3.Connection) -> None:
    text = " ".join(one for one, _, _ in TEXTS)
    assert found(wording, text) == found(Wording(field), text)


def test_saying_a_text_twice_never_removes_a_topic_that_it_names(wording: Wording) -> None:
    for text, _, _ in TEXTS:
        once = {one.topic for one in found(wording, text) if one.words}
        twice = set(topics(wording, f"{text}\n{text}"))
        assert once <= twice or len(text.split()) < mentions.SHORT_TEXT, text


def test_a_long_text_needs_no_more_than_a_syllabus(wording: Wording) -> None:
    everything = "\n".join(" ".join(key) for key in wording.names.topics)
    assert len(found(wording, everything)) == needs.MOST_TOPICS


class Chinese(Lexicon):
    """A lexicon that knows some Chinese."""

    def translations(self, keys: Sequence[str]) -> Mapping[str, Sequence[str]]:
        words = {"分 词": ("tokenization",), "注 意 力": ("attention mechanisms",), "和": ()}
        return {key: words[key] for key in keys if key in words}


def test_another_language_is_read_in_english_and_quoted_as_it_is(
    wording: Wording, field: sqlite3.Connection
) -> None:
    text = needs.read("本课程介绍分词和注意力。", wording, Chinese(field))
    got = {one.topic: one.words for one in needs.needs(text, wording)}
    assert got["tokenization"] == ("分词",)
    assert got["attention"] == ("注意力",)


# Names in a text.


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("quantization", "quantized"),
        ("quantization", "quantisation"),
        ("tokenizer", "tokenizing"),
        ("embeddings", "embedding"),
        ("policies", "policy"),
        ("losses", "loss"),
        ("pruning", "pruned"),
        ("merged", "merging"),
        ("distilled", "distilling"),
        ("benchmarks", "benchmark"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("retrieved", "retriever"),
        ("compute", "computer"),
        ("general", "generation"),
        ("corpus", "corpu"),
        ("loss", "los"),
    ],
)
def test_other_words_keep_their_own(one: str, two: str) -> None:
    assert stem(one) != stem(two)


def names(*given: str) -> Names:
    made = Names({"dare"})
    for name in given:
        made.add(name, name.lower(), 1.0)
    return made


def said(text: str, *given: str) -> list[str]:
    return [one.said for one in mentions.mentions(mentions.windows(text), names(*given))]


def test_of_names_that_overlap_the_longest_counts() -> None:
    text = "A vision-language model is no language model."
    assert said(text, "language models", "vision-language models") == [
        "vision-language model",
        "language model",
    ]


def test_a_name_ends_where_an_item_ends() -> None:
    assert said("gradient, descent and gradient descent", "gradient descent") == [
        "gradient descent"
    ]


def test_a_line_that_was_broken_for_its_length_goes_on() -> None:
    text = "We train the model with a method that is called gradient\ndescent on many machines."
    assert said(mentions.plain(text), "gradient descent") == ["gradient descent"]
    items = "We list the parts of the whole course here, in their order:\n- gradient\n- descent"
    assert said(mentions.plain(items), "gradient descent") == []


def test_code_and_tags_are_no_words() -> None:
    text = "<img alt='LoRA'>We use it:\n```python\nfrom x import LoRA\n```\nThat was LoRA."
    assert said(mentions.plain(text), "LoRA") == ["LoRA"]
    assert said(mentions.plain("```\nLoRA without an end"), "LoRA") == ["LoRA"]


def test_addresses_are_no_words() -> None:
    text = "See https://lora.example/lora and mail lora@lora.example; then read about LoRA."
    assert said(mentions.plain(text), "LoRA") == ["LoRA"]


def test_a_name_that_is_an_english_word_counts_only_in_capitals() -> None:
    text = "We dare say that DARE is a method, and so are sft and SFT, but the text must go on."
    assert said(text, "DARE", "SFT") == ["DARE", "sft", "SFT"]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for one in mentions.mentions(mentions.windows(mentions.plain(text)), names("LoRA", "RAG a")):
        assert one.said in mentions.plain(text)
        assert 0 < one.part <= 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "プロンプトエンジニアリングを学ぶ",
            {"prompt-engineering": ("プロンプトエンジニアリング",)},
        ),
        ("RAGとAIエージェント", {"rag": ("RAG",), "agents": ("AIエージェント",)}),
        ("检索增强生成与微调", {"rag": ("检索增强生成",), "full-fine-tuning": ("微调",)}),
    ],
)
def test_what_speaks_for_a_topic_stands_so_in_the_text(
    wording: Wording, text: str, words: dict[str, tuple[str, ...]]
) -> None:
    assert {one.topic: one.words for one in found(wording, text) if one.words} == words


def test_the_longest_words_of_another_language_are_read(field: sqlite3.Connection) -> None:
    rows = field.execute("SELECT say, mean FROM translation ORDER BY size DESC, say LIMIT 60")
    for say, mean in rows.fetchall():
        asked = [tuple(words_of(say.replace(" ", "")))]
        found = translation.translated(asked, Lexicon(field))
        assert [list(one.used) for one in found.told] == ([mean.split("\n")] if mean else []), say
