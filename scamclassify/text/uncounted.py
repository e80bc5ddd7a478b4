"""How functions are compiled that many rows call with many arrays.

By rights numba counts the references of each array on every call, one locked addition and
one subtraction each, which is a quarter of the scan for repairs. A function that only reads
and writes arrays that its caller holds needs no counts; it cannot make arrays.
"""

from numba import njit

#: As ``njit``, without the counts of references. The option is numba's own, undocumented.
uncounted = njit(cache=True, nogil=True, _nrt=False)
