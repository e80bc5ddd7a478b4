"""Model files that never unpickle: arrays and JSON, checked before anything is built."""
