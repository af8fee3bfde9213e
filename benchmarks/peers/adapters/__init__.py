"""One file for each peer: how it does the job. Each runs in an environment of its own."""
