"""Chinese and Japanese are read in the words of the catalog; English and others are left alone."""

from __future__ import annotations

import sqlite3

import pytest

from llmpath.search.answer import answer
from llmpath.search.lexicon import Lexicon
from llmpath.search.query import parse
from llmpath.search.translation import Translated, translated
from llmpath.store.catalog.selection import Selection
from tests.search.conftest import find, ids

TERMS = """
大模型怎么微调 > large language model | fine tuning
大语言模型入门教程 > large language model | beginner | tutorial
什么是注意力机制 > attention
注意力机制是怎么工作的 > attention
提示词工程 > prompt engineering
提示工程指南 > prompt engineering | tutorial
向量数据库怎么选 > vector database | best
检索增强生成 > retrieval augmented generation
知识图谱 > knowledge graph
模型量化 > model | quantization
量化和剪枝 > quantization | pruning
知识蒸馏 > knowledge distillation
分词器 > tokenizer
没有GPU能跑吗 > cpu | run
本地部署大模型 > local deployment | large language model
本地跑大模型需要多少显存 > run | large language model | memory estimation
强化学习 > reinforcement learning
人类反馈强化学习 > human feedback
智能体 > agent
多智能体系统 > multi agent systems
智能体框架 > agent frameworks
如何评估大模型 > evaluation | large language model
幻觉怎么解决 > hallucination
减少幻觉 > hallucination
函数调用 > function calling
思维链 > chain of thought
混合专家模型 > mixture of experts
位置编码 > positional embedding
词向量 > word embeddings
循环神经网络 > recurrent neural network
线性代数基础 > linear algebra | basics
概率论 > probability
机器学习入门 > machine learning | beginner
深度学习 入门 > deep learning | beginner
Transformer架构详解 > transformer | architecture
分布式训练 > distributed training
推理加速 > inference performance
推理模型 > reasoning model
投机解码 > speculative decoding
文本切分 > chunking
文档解析 > document parsing
越狱攻击 > jailbreak | attack
模型合并 > model merging
多模态模型 > multimodal | model
语音识别 > speech recognition
检索增强生成 评估 > retrieval augmented generation | evaluation
大語言模型 > large language model
微調 教學 > fine tuning | tutorial
注意力機制 > attention
向量資料庫 > vector database
強化學習 > reinforcement learning
提示詞工程 > prompt engineering
智慧代理人 > 智慧 | agent
量化 模型 > quantization | model
多模態 > multimodal
本地部署 大模型 顯示卡 > local deployment | large language model | gpu
検索拡張生成 > retrieval augmented generation
ファインチューニングのやり方 > fine tuning
LLM入門 > llm | beginner
LLMとは > llm
KVキャッシュとは > kv cache
注意機構とは > attention
機械学習 入門 > machine learning | beginner
深層学習 > deep learning
強化学習 > reinforcement learning
ベクトルデータベース 比較 > vector database | comparison
エージェントの作り方 > agent
量子化 > quantization
トークナイザー > tokenizer
ローカルLLM 動かし方 > local llm | run
知識蒸留 > knowledge distillation
埋め込みモデル > embedding model
幻覚 対策 > hallucination
マルチモーダル > multimodal
LoRA 微调 教程 > lora | fine tuning | tutorial
RAG入门 > rag | beginner
怎么用vLLM部署 > vllm | deployment
qlora显存不够 > qlora | out of memory
transformer为什么要除以根号d > transformer | 除以根号 d
DPOとPPOの違い > dpo | ppo | comparison
自然言語処理 入門 > natural language processing | beginner
画像 言語 モデル > vision language model
长文本 > long context
缩放定律 > scaling laws
数据集 > dataset
梯度下降 > gradient descent
过拟合怎么办 > overfitting
"""
TOPICS = """
大语言模型入门教程 > llm-introduction
什么是注意力机制 > attention
注意力机制是怎么工作的 > attention
提示词工程 > prompt-engineering
提示工程指南 > prompt-engineering
向量数据库怎么选 > vector-databases
检索增强生成 > rag
知识图谱 > knowledge-graphs
模型量化 > quantization
量化和剪枝 > pruning
知识蒸馏 > knowledge-distillation
分词器 > tokenization
没有GPU能跑吗 > gguf-llama-cpp
本地部署大模型 > local-deployment
本地跑大模型需要多少显存 > memory-estimation
强化学习 > reinforcement-learning-basics
人类反馈强化学习 > rlhf
智能体 > agents
多智能体系统 > multi-agent-systems
智能体框架 > agent-frameworks
幻觉怎么解决 > hallucination
减少幻觉 > hallucination
函数调用 > function-calling
思维链 > chain-of-thought
混合专家模型 > mixture-of-experts
位置编码 > positional-embeddings
词向量 > word-embeddings
循环神经网络 > recurrent-networks
线性代数基础 > linear-algebra
概率论 > probability
机器学习入门 > machine-learning-concepts
深度学习 入门 > neural-network-fundamentals
Transformer架构详解 > transformer-architecture
分布式训练 > distributed-training
推理加速 > inference-performance
推理模型 > reasoning-models
投机解码 > speculative-decoding
文本切分 > splitting-documents
文档解析 > document-parsing
越狱攻击 > prompt-hacking
模型合并 > model-merging
多模态模型 > multimodal-models
语音识别 > speech-and-voice
检索增强生成 评估 > rag-evaluation
大語言模型 > llm-introduction
微調 教學 > full-fine-tuning
注意力機制 > attention
向量資料庫 > vector-databases
強化學習 > reinforcement-learning-basics
提示詞工程 > prompt-engineering
智慧代理人 > agents
量化 模型 > quantization
多模態 > multimodal-models
本地部署 大模型 顯示卡 > local-deployment
検索拡張生成 > rag
ファインチューニングのやり方 > full-fine-tuning
LLM入門 > llm-introduction
KVキャッシュとは > kv-cache
注意機構とは > attention
機械学習 入門 > machine-learning-concepts
深層学習 > neural-network-fundamentals
強化学習 > reinforcement-learning-basics
ベクトルデータベース 比較 > vector-databases
エージェントの作り方 > agents
量子化 > quantization
トークナイザー > tokenization
ローカルLLM 動かし方 > local-deployment
知識蒸留 > knowledge-distillation
幻覚 対策 > hallucination
マルチモーダル > multimodal-models
LoRA 微调 教程 > lora
RAG入门 > rag
怎么用vLLM部署 > server-deployment
qlora显存不够 > qlora
DPOとPPOの違い > dpo
自然言語処理 入門 > text-preprocessing
画像 言語 モデル > vision-language-models
长文本 > long-context
缩放定律 > scaling-laws
梯度下降 > neural-network-training
过拟合怎么办 > overfitting
"""
UNTOUCHED = """
transformer attention; how to fine tune llama; KV cache; what is RAG?; LoRA vs QLoRA; zzyzx; a; 42;
naïve bayes;
redes neuronales; aprendizaje profundo; wie funktioniert attention; maschinelles Lernen;
apprentissage par renforcement; Rückwärtspropagierung; c++; llama.cpp; gpt-4
"""


def rows(table: str) -> list[list[str]]:
    return [row.split(" > ") for row in table.strip().splitlines()]


def read(connection: sqlite3.Connection, text: str) -> Translated:
    return translated(parse(text).terms, Lexicon(connection))


@pytest.mark.parametrize(("text", "terms"), rows(TERMS))
def test_words_become_those_of_the_catalog(
    field: sqlite3.Connection, text: str, terms: str
) -> None:
    assert " | ".join(map(" ".join, read(field, text).terms)) == terms


@pytest.mark.parametrize(("text", "topic"), rows(TOPICS))
def test_the_topic_that_is_meant_comes_first(
    field: sqlite3.Connection, text: str, topic: str
) -> None:
    found = answer(field, "", parse(text), Selection(), 10)
    assert found.topics[0] == topic
    assert found.hits
    assert found.translations
    assert found.corrections == ()


@pytest.mark.parametrize("text", [text.strip() for text in UNTOUCHED.split(";")])
def test_other_words_are_left_alone(field: sqlite3.Connection, text: str) -> None:
    terms = parse(text).terms
    assert read(field, text) == (terms, {}, ())


@pytest.mark.parametrize("text", ["怎么", "什么是", "请问", "とは", "やり方"])
def test_what_means_nothing_alone_is_kept_where_nothing_else_was_typed(
    field: sqlite3.Connection, text: str
) -> None:
    found = read(field, text)
    assert found.terms == parse(text).terms
    assert found.told == ()


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("生成式AI導論", "hung-yi-lee-genai-2024-lecture-0"),
        ("夺冠新加坡 提示工程大赛", "sheila-teo-co-star-chinese"),
        ("RAG實作教學", "chichieh-huang-local-rag-llama2"),
    ],
)
def test_a_title_is_found_by_its_own_characters(
    field: sqlite3.Connection, text: str, work: str
) -> None:
    assert work in ids(find(field, text))[:3]


@pytest.mark.parametrize(
    ("text", "told"), [("强化学习", "强化学习"), ("kv キャッシュ", "kvキャッシュ")]
)
def test_what_was_typed_is_told_with_what_it_was_read_as(
    field: sqlite3.Connection, text: str, told: str
) -> None:
    found = read(field, text)
    assert "".join(one.typed.replace(" ", "") for one in found.told) == told
    assert set(found.said) == set(found.terms)
