"""Chinese text as people type it: one place each for normalising, numerals, dates, pinyin and question form."""
