"""What every command says and is told: streams, sentences, progress, choices, languages."""
