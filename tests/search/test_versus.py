"""A choice is told from other questions, and both its sides are answered."""

from __future__ import annotations

import sqlite3

import pytest

from llmpath.search.answer import answer
from llmpath.search.engine import Found
from llmpath.search.query import parse
from llmpath.search.versus import LONGEST_SIDE, MOST_SIDES, sides
from llmpath.store.catalog.selection import Selection

ENGLISH = """
LoRA vs QLoRA > lora | qlora
lora versus qlora > lora | qlora
LoRA v.s. QLoRA > lora | qlora
LoRA v/s QLoRA > lora | qlora
LoRA VS. QLoRA? > lora | qlora
(LoRA) vs (QLoRA) > lora | qlora
LoRA, vs, QLoRA > lora | qlora
lora—vs—qlora > lora | qlora
X vs Y > x | y
kv cache vs prefix cache what is the difference > kv cache | prefix cache
fp16 vs bf16 > fp16 | bf16
gpt-4 vs gpt-4o > gpt 4 | gpt 4o
Q4_K_M vs Q8_0 > q4 k m | q8 0
top-k vs top-p vs temperature > top k | top p | temperature
PPO vs DPO vs GRPO, pros and cons > ppo | dpo | grpo
for a small company, rag vs fine tuning > rag | fine tuning
LoRA vs QLoRA vs full fine tuning which one should I choose > lora | qlora | full fine tuning
cursor vs VS Code > cursor | vs code
copilot in vs code vs cursor > copilot in vs code | cursor
difference between RAG and fine-tuning > rag | fine tuning
what's the difference between DPO and PPO > dpo | ppo
what is the difference of encoder and decoder > encoder | decoder
difference in speed between vllm and tgi > vllm | tgi
compare faiss and chroma > faiss | chroma
compare ollama with lm studio > ollama | lm studio
compare and contrast rag and fine tuning > rag | fine tuning
comparison of pinecone, weaviate and qdrant > pinecone | weaviate | qdrant
compare langchain, llamaindex, and haystack > langchain | llamaindex | haystack
should I use langchain, llamaindex or haystack? > langchain | llamaindex | haystack
which is better, pytorch or tensorflow > pytorch | tensorflow
vllm or llama.cpp, which is faster > vllm | llama cpp
I have one small gpu, should I use lora or qlora? > lora | qlora
rag or fine tuning, I have 500 pdfs, which is better > rag | fine tuning
rag and fine tuning which is better > rag | fine tuning
encoder or decoder, when to use which > encoder | decoder
do I need langchain or can I use plain python > langchain | plain python
when should I fine-tune instead of prompt > fine tune | prompt
RAG rather than fine tuning > rag | fine tuning
agents as opposed to workflows > agents | workflows
is flash attention faster than standard attention > flash attention | standard attention
how does mamba differ from transformers > mamba | transformers
mamba compared to transformers > mamba | transformers
choose between cpu and gpu > cpu | gpu
"""
EAST_ASIAN = """
RAG和微调的区别 > RAG | 微调
RAG 与 微调 哪个好 > RAG | 微调
LoRA 跟 QLoRA 有什么不同 > LoRA | QLoRA
RAG還是微調比較好 > RAG | 微調
微调还是RAG更好？ > 微调 | RAG
vllm、sglang和ollama哪个好 > vllm | sglang | ollama
vllm和sglang怎么选 > vllm | sglang
vllm vs sglang 区别 > vllm | sglang
RAG VS 微调 > RAG | 微调
LoRA对比微调 > LoRA | 微调
用RAG还是微调 > RAG | 微调
应该用vllm还是sglang > vllm | sglang
RAGとファインチューニングの違い > RAG | ファインチューニング
RAGとファインチューニングの使い分け > RAG | ファインチューニング
LoRAとQLoRAはどちらがいい > LoRA | QLoRA
DPOとPPOの比較 > DPO | PPO
"""
NONE = """
vs; vs code; vs code copilot; extension for vs code; rag vs; vs rag; rag vs rag; RAG vs rag?; or;
and; compare; difference between; difference between rag; between the lines; true or false;
speech or voice; pytorch or tensorflow; one or more agents; more than one gpu; LoRA/QLoRA;
models smaller than 7b; smaller than 7b; better than gpt-4; tools better than langchain;
compared to transformers; train and test split; is it good or bad; what's the difference DPO PPO;
attention is all you need; a vs the; "fine tuning" vs prompting; 大模型和小模型; RAGとは何ですか;
我还是不懂注意力机制; 为什么loss还是nan; 如何选择vllm和sglang; LoRA和LoRA的区别; 和
"""


def rows(table: str) -> list[tuple[str, tuple[str, ...]]]:
    pairs = (line.split(" > ") for line in table.strip().splitlines())
    return [(text, tuple(said.split(" | "))) for text, said in pairs]


def read(text: str) -> tuple[str, ...]:
    asked = parse(text)
    return sides(asked.free, asked.words)


@pytest.mark.parametrize(("text", "said"), rows(ENGLISH) + rows(EAST_ASIAN))
def test_the_sides_of_a_choice_are_told(text: str, said: tuple[str, ...]) -> None:
    assert read(text) == said


@pytest.mark.parametrize("text", [text.strip() for text in NONE.split(";")])
def test_what_is_no_choice_has_no_sides(text: str) -> None:
    assert read(text) == ()


def test_a_choice_has_few_sides_of_few_words() -> None:
    letters = [f"x{number}" for number in range(9)]
    assert read(" vs ".join(letters)) == tuple(letters[:MOST_SIDES])
    long = " ".join(letters[:LONGEST_SIDE])
    assert read(f"{long} vs lora") == (long, "lora")
    assert read(f"{long} chunk vs lora") == ()
    assert read("和" * 5_000 + "的区别") == ()
    assert read("vs " * 3_000) == ()


def asked(connection: sqlite3.Connection, text: str) -> Found:
    return answer(connection, "", parse(text), Selection(), 6)


PAIRS = """
LoRA > lora | full fine-tuning > full-fine-tuning
PPO > ppo | DPO > dpo
vLLM > serving-engines | llama.cpp > gguf-llama-cpp
pruning > pruning | quantization > quantization
RAG > rag | long context > long-context
prompt engineering > prompt-engineering | fine-tuning > full-fine-tuning
HNSW > vector-indexing | BM25 > retrievers
MCP > model-context-protocol | function calling > function-calling
mamba > alternatives-to-transformer | transformer > transformer-architecture
guardrails > guardrails | prompt injection > prompt-hacking
RLHF > rlhf | DPO > dpo
knowledge graphs > knowledge-graphs | vector databases > vector-databases
speculative decoding > speculative-decoding | flash attention > flash-attention
GRPO > rlvr-grpo | PPO > ppo
BERT > encoder-models | T5 > encoder-decoder-models
distillation > knowledge-distillation | pruning > pruning
LLM as judge > llm-as-judge | human evaluation > human-evaluation
multi-agent systems > multi-agent-systems | coding agents > coding-agents
chain of thought > chain-of-thought | structured outputs > structured-outputs
mixture of experts > mixture-of-experts | model merging > model-merging
calculus > calculus | statistics > statistics
word2vec > word-embeddings | BPE > tokenization
reranking > post-processing | late interaction > late-interaction-retrieval
agents > agents | RAG > rag
"""


@pytest.mark.parametrize("pair", PAIRS.strip().splitlines())
def test_both_sides_are_answered_whichever_comes_first(
    field: sqlite3.Connection, pair: str
) -> None:
    (one, first), (two, second) = (side.split(" > ") for side in pair.split(" | "))
    there = asked(field, f"{one} vs {two}")
    back = asked(field, f"{two} vs {one}")
    for found in (there, back):
        assert {first, second} <= set(found.topics[:4])
        for topic in (first, second):
            assert any(topic in hit.resource.topics for hit in found.hits)
    assert there.sides == back.sides[::-1]
    assert {hit.score for hit in there.hits} == {hit.score for hit in back.hits}
