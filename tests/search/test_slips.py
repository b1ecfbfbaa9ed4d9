"""Slips of the fingers are put right by kind, against the shipped catalog; what is right stays."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmpath.search.correction import Corrected, corrected
from llmpath.search.lexicon import Lexicon
from llmpath.search.query import parse

from .conftest import find


def rows(text: str) -> list[tuple[str, str]]:
    """Return the rows of a table `typed > meant; typed > meant`; what must stay is alone."""
    pairs = (row.partition(" > ") for row in text.replace("\n", " ").split(";") if row.strip())
    return [(typed.strip(), (meant or typed).strip()) for typed, _, meant in pairs]


def read(connection: sqlite3.Connection, text: str) -> Corrected:
    return corrected(parse(text).terms, Lexicon(connection))


def searched(connection: sqlite3.Connection, text: str) -> str:
    """Return the words that *text* is searched for as."""
    return " ".join(word for term in read(connection, text).terms for word in term)


# That look like another form of a word: -ing, -ed, -er, -ation, plurals.
FORMS = """
quantizng > quantizing; finetunng > finetuning; embeding > embedding; embeddng > embedding;
trainning > training; traning > training; optimizr > optimizer; tokenizr > tokenizer;
tokeniztion > tokenization; summarizaton > summarization; promting > prompting;
prunning > pruning; distillaton > distillation; batchng > batching; agnts > agents;
weigths > weights; transformrs > transformers; compresion > compression; techer > teacher;
controled > controlled; alternativs > alternatives; planing > planning; scalling > scaling;
embeddngs > embeddings; quantizd > quantized; encodr > encoder; reasonning > reasoning;
embeddin > embedding; quantizatio > quantization; retreiver > retriever
"""
# Regular forms that the catalog lacks, of words that it has, and starts of words.
GOOD_FORMS = """
summarizer; ranker; quantiser; tokenisation; prompter; traveled; labelling; modelling; optim;
transf; retriev; infer; hyperpar; tokenises; distills; prunes; caches; chunked; routers; embeds
"""


@pytest.mark.parametrize(("typed", "meant"), rows(FORMS) + rows(GOOD_FORMS))
def test_a_slip_is_not_taken_for_a_form_nor_a_form_for_a_slip(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    assert searched(field, typed) == meant


ADDRESSES = """
transfomers > transformers; visaulization > visualization; evalution > evaluation;
ghuntley; ciechanow; jalammar; siboehm; smort; udacity; engram; rasbt; eleuther; openreview;
osanseviero; hamelsmu; simonwillison; kdnuggets; parlance; stas00; llmc; kvcache; minisgl; gpuopen
"""


@pytest.mark.parametrize(("typed", "meant"), rows(ADDRESSES))
def test_an_address_does_not_make_a_slip_a_word_and_is_found_all_the_same(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    (documents,) = field.execute("SELECT documents FROM word WHERE word = ?", (typed,)).fetchone()
    assert documents == 0
    assert searched(field, typed) == meant
    assert find(field, typed).hits


@pytest.mark.parametrize(
    ("typed", "meant"),
    rows("colahs; transfomer > transformer; jalamar; simonwilison; wandbb; openreviw; gpuope"),
)
def test_nothing_is_corrected_to_what_stands_in_addresses_alone(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    used = [one.used for one in read(field, typed).changes]
    assert used == ([meant] if meant != typed else used)
    assert all(Lexicon(field).written(one.split()).get(one.split()[0], 1) for one in used)


NUMBERS = """
gpt2; gpt7; gpt-2; llama3.1; llama5; llama 3; qwen9; phi2; 4090; 4080; 3091; 2024; 2019; 1999; 2031;
Q4_0 > q4 0; cuda 12.1 > cuda 12 1; 0.4 > 0 4; T5 > t5; 7b; 8b; 13b; int9; fp61; h200; mi300x;
sha256; 2o24; qwne2 > qwen2; gtp4 > gpt4; llma2 > llama2; qewn3 > qwen3; llam2 > llama2
"""


@pytest.mark.parametrize(("typed", "meant"), rows(NUMBERS))
def test_a_number_is_never_another_number(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    assert searched(field, typed) == meant.replace("-", " ").replace(".", " ")


FIRST_LETTERS = """
amth > math; rgaph > graph; rtansformer > transformer; ransformer > transformer;
ttransformer > transformer; uantization > quantization; omdel > model; tsak > task; otol > tool;
cdoe > code; lroa > lora; bret > bert; oken > token; raph > graph; eepspeed > deepspeed;
ccuda > cuda; aagent > agent; ppytorch > pytorch; zoken > token; nodel > model; wagent > agent;
emory > memory; etrieval > retrieval; lcuster > cluster; tpython > python; eural > neural;
nttention > attention; mebeddings > embeddings; grad; grid
"""


@pytest.mark.parametrize(("typed", "meant"), rows(FIRST_LETTERS))
def test_first_letters_and_short_words_are_put_right(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    assert searched(field, typed) == meant


UNKNOWN = """zzyzx flibber terraform blockchain fortran haskell drupal wordpress photoshop sudoku
horoscope mortgage saxophone bicycle quokka xylophone rhubarb gpt7 2031 fp61"""
STANDING = """lora attention gpt2 colah transf summarizer tokenisation openai vectordb 模型 tuning
transfomers langchian machinelearnig colour kvcache agents the fine-tuning 7b"""


@pytest.mark.parametrize("word", UNKNOWN.split())
def test_a_word_that_nothing_has_is_told(field: sqlite3.Connection, word: str) -> None:
    found = read(field, f"lora {word}")
    assert found.unknown == (word,)
    assert found.changes == ()
    assert found.terms == (("lora",), (word,))


@pytest.mark.parametrize("word", STANDING.split())
def test_a_word_that_stands_or_is_corrected_is_not_unknown(
    field: sqlite3.Connection, word: str
) -> None:
    assert read(field, word).unknown == ()


BOUNDARIES = """
fine tunning > fine tuning; finetunning > finetuning; fine-tunning > fine tuning;
langchian > langchain; vectordatabse > vector database; promtengineering > prompt engineering;
open ai; lang chain; lang chian > lang chain; pyt rch > pytorch; pytor ch;
hugging fase > hugging face; hugging fcae > hugging face; machinelearnig > machine learning;
neuralnetwrk > neural network; languagemodle > language model; opensorce > opensource;
knowledgegrpah > knowledge graph; contextwindwo > context window; datasciense > data science;
gradientdescnt > gradient descent; promptinjecton > prompt injection; tensr flow > tensor flow;
pre trianing > pre training; self atention > self attention; vector database; token izer;
chian of thought > chain thought; optimisaton > optimisation; normalisaton > normalisation;
behavour > behaviour; tokeniser; colour; generalisation; specialised; whta is lora > lora
"""


@pytest.mark.parametrize(("typed", "meant"), rows(BOUNDARIES))
def test_slips_beside_the_space_and_spellings_of_either_side_are_read(
    field: sqlite3.Connection, typed: str, meant: str
) -> None:
    assert searched(field, typed) == meant


@pytest.mark.parametrize(
    ("typed", "alone", "beside", "meant"),
    [
        ("treu", "true", "treu search", "tree search"),
        ("lous", "louis", "lous function", "loss function"),
        ("wtight", "wright", "wtight decay", "weight decay"),
    ],
)
def test_the_words_beside_tell_which_was_meant(
    field: sqlite3.Connection, typed: str, alone: str, beside: str, meant: str
) -> None:
    assert searched(field, typed) == alone
    assert searched(field, beside) == meant


FOREIGN = """
aprendizaje; redes neuronales; maschinelles lernen; apprentissage profond; rete neurale;
aprendizado profundo; uczenie maszynowe; makine ogrenmesi; pembelajaran mesin; sprachmodelle;
donnees; lenguaje; werkzeug; entrainement; beispiel; grundlagen; quelle est la meilleure;
wie funktioniert; como funciona; cosa sono; hoe werkt; jak dziala; nasil; bagaimana cara
"""


@pytest.mark.parametrize(("typed", "_"), rows(FOREIGN))
def test_words_of_other_languages_are_no_slips(
    field: sqlite3.Connection, typed: str, _: str
) -> None:
    assert read(field, typed).changes == ()


MESSY = st.text("abdegilmnoprst0123456789", min_size=1, max_size=14)
MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(words=st.lists(MESSY, min_size=1, max_size=3))
def test_digits_are_kept_in_order_whatever_is_typed(
    field: sqlite3.Connection, words: list[str]
) -> None:
    typed = " ".join(words)
    terms = tuple((word,) for word in dict.fromkeys(words))
    found = corrected(terms, Lexicon(field))
    for change in found.changes:
        assert [c for c in change.typed if c.isdigit()] == [c for c in change.used if c.isdigit()]
    assert found.unknown == tuple(word for word in found.unknown if word in typed)


@MANY
@given(data=st.data())
def test_what_was_corrected_is_right(field: sqlite3.Connection, data: st.DataObject) -> None:
    known = [
        word for (word,) in field.execute("SELECT word FROM word WHERE documents ORDER BY word")
    ]
    word = data.draw(st.sampled_from(known))
    assert corrected(((word,),), Lexicon(field)) == (((word,),), (), ())
    at = data.draw(st.integers(0, len(word)))
    slip = word[:at] + data.draw(st.sampled_from("aeinrst")) + word[at:]
    once = corrected(((slip,),), Lexicon(field))
    assert corrected(once.terms, Lexicon(field)).terms == once.terms


def test_what_is_asked_for_exactly_is_not_corrected(field: sqlite3.Connection) -> None:
    for typed in ("tranformer", "amth", "vectordatabse", "embeding"):
        assert find(field, typed).corrections
        assert find(field, typed, exact=True).corrections == ()
