"""Answers as specifications: what a clerk types, and what becomes of it."""
