"""A study companion for people who learn large language models."""

__version__ = "0.1.0"
