"""The names that a command line sets side by side."""

from __future__ import annotations

import pytest

from llmpath.actions.sides import names_of
from llmpath.errors import UsageError

NAMES = {
    "rag",
    "lora",
    "qlora",
    "fine tuning",
    "tuning",
    "LoRA and friends",
    "quantization: GPTQ, AWQ and others",
    "pytorch or tensorflow",
    "pytorch",
    "tensorflow",
    "dpo",
}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["rag", "fine tuning"], ["rag", "fine tuning"]),
        (["rag", "vs", "fine", "tuning"], ["rag", "fine tuning"]),
        (["rag", "vs.", "fine tuning"], ["rag", "fine tuning"]),
        (["fine tuning", "VS", "rag"], ["fine tuning", "rag"]),
        (["rag vs fine-tuning"], ["rag", "fine-tuning"]),
        (["rag versus lora versus dpo"], ["rag", "lora", "dpo"]),
        (["lora", "and", "qlora"], ["lora", "qlora"]),
        (["lora,", "qlora", "and", "dpo"], ["lora", "qlora", "dpo"]),
        (["lora,qlora"], ["lora", "qlora"]),
        (["lora, qlora, and dpo"], ["lora", "qlora", "dpo"]),
        (["lora", "&", "qlora"], ["lora", "qlora"]),
        (["lora", "or", "qlora"], ["lora", "qlora"]),
        (["LoRA", "and", "friends", "vs", "dpo"], ["LoRA and friends", "dpo"]),
        (["dpo and LoRA and friends"], ["dpo", "LoRA and friends"]),
        (["LoRA and friends and dpo"], ["LoRA and friends", "dpo"]),
        (["quantization: GPTQ, AWQ and others"], ["quantization: GPTQ, AWQ and others"]),
        (["pytorch or tensorflow"], ["pytorch", "tensorflow"]),
        (["fine", "tuning", "rag"], ["fine tuning", "rag"]),
        (["fine", "tuning"], ["fine tuning"]),
        (["two", "words"], ["two", "words"]),
        (["lora", "to", "words"], ["lora", "words"]),
        (["dpo", "lora", "qlora", "rag"], ["dpo", "lora", "qlora", "rag"]),
        (["what is the difference between lora and qlora?"], ["lora", "qlora"]),
        (["should I use rag or fine tuning"], ["rag", "fine tuning"]),
        (["which is better, vllm or llama.cpp"], ["vllm", "llama.cpp"]),
        (["vLLM vs llama.cpp"], ["vLLM", "llama.cpp"]),
        (["rag", "vs"], ["rag"]),
        (["vs", "rag"], ["rag"]),
        (["微调和RAG的区别"], ["微调", "RAG"]),
        (["预训练与微调"], ["预训练", "微调"]),
        (["微调", "rag"], ["微调", "rag"]),
        (["微调 vs rag"], ["微调", "rag"]),
        (["https://x.example/a,b", "rag"], ["https://x.example/a,b", "rag"]),
        (["1", "2"], ["1", "2"]),
    ],
    ids=" ".join,
)
def test_names_are_parted_as_they_are_meant(words: list[str], names: list[str]) -> None:
    called = {name.casefold() for name in NAMES}
    assert names_of(words, lambda name: name.casefold() in called) == names


@pytest.mark.parametrize("words", [[], [""], ["  ", "?"], ["vs"], ["and", "or"]], ids=repr)
def test_nothing_to_compare_is_told(words: list[str]) -> None:
    with pytest.raises(UsageError, match="Compare what"):
        names_of(words, lambda name: False)
