"""What every table promises, as data. No reading, writing or conditions; nothing of ours is imported."""
