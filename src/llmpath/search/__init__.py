"""Find resources and topics by words."""
