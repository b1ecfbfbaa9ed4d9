"""Of a pasted error what tells it apart is kept, and what it is about is found."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmpath.search.answer import answer
from llmpath.search.pasted import salient
from llmpath.search.query import parse
from llmpath.store.catalog.selection import Selection
from llmpath.words import words_of

TRACEBACK = """Traceback (most recent call last):
  File "/home/ada/train.py", line 88, in <module>
    trainer.train()
  File "/usr/lib/python3.11/site-packages/transformers/trainer.py", line 2052, in train
    return inner_training_loop(
"""
CHAINED = f"""{TRACEBACK}AssertionError

During handling of the above exception, another exception occurred:

{TRACEBACK}KeyError: 'input_ids'
"""
LEFT = [
    (
        TRACEBACK + "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.50 GiB"
        " (GPU 0; 23.69 GiB total capacity; 21.30 GiB already allocated)",
        "Out Of Memory: CUDA out of memory. Tried to allocate …"
        " ( … ; … total capacity; … already allocated)",
    ),
    (CHAINED, "'input_ids'"),
    (TRACEBACK + "AssertionError", "AssertionError"),
    (
        "RuntimeError: CUDA error: device-side assert triggered",
        "CUDA error: device-side assert triggered",
    ),
    (
        "RuntimeError: all tensors must be on one device, but found cuda:0 and cpu!",
        "all tensors must be on one device, but found cuda: 0 and cpu!",
    ),
    (
        "\x1b[31mERROR\x1b[0m 11-02 10:11:12 engine.py:366] RuntimeError: No memory for the blocks",
        "No memory for the blocks",
    ),
    (
        "(EngineCore pid=12345) ERROR 11-02 10:11:12 [core.py:866] torch.OutOfMemoryError: "
        "Tried to allocate 896.00 MiB.",
        "Out Of Memory: Tried to allocate … .",
    ),
    (
        "openai.RateLimitError: Error code: 429 - {'message': 'You exceeded your quota'}",
        "Rate Limit: Error code: 429 {'message': 'You exceeded your quota'}",
    ),
    (
        'anthropic.BadRequestError: Error code: 400 - {"type":"error","message":"too long"}',
        "Bad Request: Error code: 400 { type : error , message : too long }",
    ),
    (
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
        "JSON Decode: Expecting value: … column 1 (char 0)",
    ),
    ("ModuleNotFoundError: No module named 'peft'", "Module Not Found: No module named 'peft'"),
    ("ERROR: Failed building wheel for flash-attn", "Failed building wheel for flash-attn"),
    (
        "Error: model requires more system memory (12.5 GiB) than is available (7.8 GiB)",
        "Error: model requires more system memory ( … ) than is available ( … )",
    ),
    (
        "main: error: unable to load model C:\\models\\llama\\q4.gguf",
        "main: error: unable to load model",
    ),
    (
        "C:\\Users\\ada\\venv\\python.exe: line 3: no GPU support. RuntimeError",
        "no GPU support. Runtime Error",
    ),
    ("OSError: meta-llama is not a local folder", "meta-llama is not a local folder"),
    (
        "2026-11-02 10:11:12,345 ERROR chromadb.errors.InvalidDimensionException: dimension 384",
        "Invalid Dimension: dimension 384",
    ),
    (
        "torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/nccl.cpp:1331, system",
        "Dist Backend: NCCL error in: … , system",
    ),
    (
        "pydantic_core.ValidationError: 1 validation error for Person\nage\n\n  Field required\nx",
        "Validation: 1 validation error for Person age Field required",
    ),
    ("UserWarning: `do_sample` is set to `False`", "`do_sample` is set to `False`"),
    (
        "request 3f2b8c9a-1d2e-4f5a-8b7c-9d0e1f2a3b4c failed: APITimeoutError at 0x7f3a2b1c",
        "request … failed: API Timeout at",
    ),
    (
        "hub.GatedRepoError: 401 Client Error.\n\nCannot access https://example.org/a/b.json",
        "Gated Repo: 401 Client Error. Cannot access",
    ),
    (
        "train.py: error: unrecognized arguments: --lora_r 8",
        "train.py: error: unrecognized arguments: lora_r 8",
    ),
    ("httpx.ConnectError: [Errno 111] refused", "Connect: [Errno 111] refused"),
    ("RuntimeError in my training loop", "in my training loop"),
    ("KeyError line 33 loading tokenizer", "loading tokenizer"),
    (
        "difference between ValueError and TypeError",
        "difference between Value Error and Type Error",
    ),
    ("Traceback (most recent call last):", "Traceback (most recent call last)"),
]


@pytest.mark.parametrize(("message", "left"), LEFT)
def test_what_went_wrong_is_left_of_a_message(message: str, left: str) -> None:
    assert salient(message) == left
    assert salient(left) == left


SENTENCES = """
what is a type error in python; error analysis for llm evaluation; Word Error Rate; ERR;
mean squared Error; the Error in linear regression line 2 of page 7; Exception handling; line 42;
how do I read line 3 of a file; error propagation in multi-step agents; Error; line search methods;
by: line 5; timeline 2023; online 3 day course; Warning signs of overfitting; trial and error 101;
standard error of the mean; error bars; exceptions to the scaling laws; /usr/local/bin in docker;
deadline 5 pm; GPU 0 or GPU 1; what does 0x7f3a mean; 10:30:00; https://example.org/error
"""


@pytest.mark.parametrize("text", [text.strip() for text in SENTENCES.split(";")])
def test_sentences_stay_as_they_are(text: str) -> None:
    assert salient(text) == text


@pytest.mark.parametrize("text", ["ValueError", "RuntimeError:", "ERROR ERROR", "\x1b[31mERROR"])
def test_where_only_the_name_is_left_it_is_kept(text: str) -> None:
    assert words_of(salient(text)) == words_of(text.replace("\x1b[31m", ""))


def test_a_message_has_no_filters_phrases_or_exclusions() -> None:
    asked = parse('Error: bad type:error in "messages" -- see --help, kind:none, year:nan')
    assert (asked.filters, asked.phrases, asked.excluded) == ((), (), ())
    assert parse("RuntimeError kind:video").filters[0].values == ("video",)
    assert parse('TypeError "loss function" -jax').phrases == ("loss function",)


_PIECES = r"""Error Exception ERROR: Traceback line 5 42 : "x" File "a", /usr/lib/x.py:3 C:\a\b\c (
… torch.cuda.OutOfMemoryError ValueError: KeyError 0x7f3a GPU cuda 0; 2.5 GiB http://a/b 2026-11-02
10:11:12 ) - -x the of loss engine.py:366] 模型 pid=3) (Core Warning:"""
PIECES = st.sampled_from([*_PIECES.split(), "\x1b[31m", "\n"])


@given(st.lists(PIECES, max_size=14), st.sampled_from(["", " ", "\n"]))
def test_a_message_with_words_keeps_some_and_is_read_once(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    once = salient(text)
    assert salient(once) == once
    if words_of(text.replace("\x1b[31m", "")):
        assert words_of(once)


HOSTILE = r"""a. a/ /a / . .. ~/ \ C:\a 0 0. 0x 1- 10:11: File" http:// ( (a A aB … : " -"""


@pytest.mark.parametrize("piece", [*HOSTILE.split(), "\n", "line\t", "- "])
def test_ten_thousand_hostile_characters_are_read(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    for message in (f"ValueError: {text}", f"{text} Error: x", f"{text}\nKeyError: x"):
        assert salient(message)


FIRST = [
    (LEFT[0][0], "memory-efficient-training", 1),
    ("CUDA error: out of memory. ERROR 11-02 10:11:12", "memory-efficient-training", 1),
    ("RuntimeError: CUDA error: device-side assert triggered", "pytorch", 1),
    ("RuntimeError: Expected all tensors to be on the same device, found cuda:0", "pytorch", 1),
    (
        "ValueError: The model's max seq len (131072) is larger than the maximum number of tokens"
        " that can be stored in KV cache (42864). Try increasing `gpu_memory_utilization`",
        "kv-cache",
        1,
    ),
    ("openai.RateLimitError: Error code: 429 - {'type': 'insufficient_quota'}", "llm-apis", 1),
    ('anthropic.APIStatusError: {"type":"error","message":"Overloaded"}', "llm-apis", 1),
    ("openai.BadRequestError: maximum context length is 8192 tokens.", "long-context", 1),
    ("json.decoder.JSONDecodeError: Expecting value: line 1 column 1", "structured-outputs", 1),
    (
        "ValueError: Cannot use chat template functions because tokenizer.chat_template is not set",
        "chat-templates",
        1,
    ),
    ("ImportError: cannot import name 'AutoModel' from 'transformers'", "transformers-library", 1),
    ("ModuleNotFoundError: No module named 'flash_attn'", "flash-attention", 1),
    ("ERROR: Could not find a version that satisfies the requirement torch==2.1", "pytorch", 3),
    (
        "OSError: org/model is not a local folder and is not a valid model identifier",
        "transformers-library",
        1,
    ),
    (
        "Error: model requires more system memory (12.5 GiB) than is available",
        "local-deployment",
        1,
    ),
    ("llama_model_load: error: unknown model architecture: 'x'", "gguf-llama-cpp", 3),
    (
        "\x1b[31mERROR\x1b[0m x.py:3] RuntimeError: No available memory for the cache blocks",
        "serving-engines",
        1,
    ),
    ("docker: Error response from daemon: could not select device", "server-deployment", 3),
    ("InvalidDimensionException: Embedding dimension 384 does not match", "embedding-models", 3),
    ("torch.distributed.DistBackendError: NCCL error in: a.cpp:1331", "distributed-training", 1),
    ("pydantic.ValidationError: 1 validation error for Person", "structured-outputs", 3),
    ("UserWarning: `do_sample` is `False` but `temperature` is 0.9", "text-generation", 1),
    ("RuntimeError: FlashAttention only supports Ampere GPUs or newer.", "flash-attention", 1),
    ("ValueError: the tokenizer does not have a padding token.", "tokenization", 1),
    ("RuntimeError: mat1 and mat2 shapes cannot be multiplied", "linear-algebra", 3),
    ("TypeError: 'NoneType' object is not subscriptable", "python-basics", 1),
]


@pytest.mark.parametrize(("message", "topic", "among"), FIRST)
def test_what_a_message_is_about_is_found(
    field: sqlite3.Connection, message: str, topic: str, among: int
) -> None:
    found = answer(field, "", parse(message), Selection(), 10)
    assert topic in found.topics[:among]
    assert found.hits
