"""Calls as offices write them, invented: notices as text, blank forms built in Word, and what a draft must find."""
