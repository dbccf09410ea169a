"""Reading the files staff edit; every fault is told in Chinese with file, line and mend."""
