"""Mouse, wheel and keys: the tools in hand, and what their gestures mean."""
