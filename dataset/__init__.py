"""The demo catalogue, its generator and the loader into the source database; nothing of the lake."""
