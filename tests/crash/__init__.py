"""Worker processes killed at random points, on real databases; afterwards nothing is lost, doubled or out of order."""
