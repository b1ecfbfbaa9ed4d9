"""The signs that stand before topics and resources."""

from llmpath.render.layout import Span
from llmpath.vocab import State, Status

SIGNS = {
    State.KNOWN: Span("✓", "done"),
    State.LEARNED: Span("✓", "done"),
    State.SKIPPED: Span("-", "dim"),
    State.READY: Span("○", "ready"),
    State.LOCKED: Span("·", "locked"),
}
SIGN_OF = {
    Status.TODO: Span(" "),
    Status.DOING: Span("◐", "doing"),
    Status.DONE: Span("✓", "done"),
    Status.SKIPPED: Span("-", "dim"),
}
