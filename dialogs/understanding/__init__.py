"""What a message means: commands, labelled lines, pasted blocks, buttons chosen by words, answers and questions."""
