"""The signs that stand before topics and resources."""

from llmpath.render.layout import Span
from llmpath.vocab import State, Status

SIGNS = {
    State.KNOWN: Span("✓", "done", word="known"),
    State.LEARNED: Span("✓", "done", word="learned"),
    State.SKIPPED: Span("-", "dim", word="skipped"),
    State.READY: Span("○", "ready", word="ready"),
    State.LOCKED: Span("·", "locked", word="locked"),
}
SIGN_OF = {
    Status.TODO: Span(" "),
    Status.DOING: Span("◐", "doing", word="in progress"),
    Status.DONE: Span("✓", "done", word="done"),
    Status.SKIPPED: Span("-", "dim", word="skipped"),
}
