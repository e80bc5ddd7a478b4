import numpy as np
def rows_to_repair(texts): return np.arange(len(texts))
