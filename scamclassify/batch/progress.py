"""A bar with rate and time left, in bytes of the inputs and rows that are done."""

from __future__ import annotations

import time
from typing import Literal


class Progress:
    """A progress bar on standard error.

    Parameters
    ----------
    name : str
        Shown before the bar.
    shown : bool or "always"
        True: where standard error is a terminal.
    """

    def __init__(self, name: str, shown: bool | Literal["always"]) -> None:
        from tqdm import tqdm

        # None: silent where standard error is no terminal.
        disable = {True: None, "always": False}.get(shown, True)
        self._bar = tqdm(
            desc=name[:40], total=0, unit="B", unit_scale=True, unit_divisor=1024, disable=disable
        )
        self._began = time.perf_counter()
        self._rows = 0
        self.advance = self._bar.update

    def expect(self, n_bytes: int) -> None:
        """There are so many more bytes to read."""
        self._bar.total += n_bytes
        self._bar.refresh()

    def done(self, n_rows: int) -> None:
        """So many more rows are scored."""
        self._rows += n_rows
        rate = self._rows / max(time.perf_counter() - self._began, 1e-9)
        self._bar.set_postfix_str(f"{self._rows:,} rows, {rate:,.0f} rows/s", refresh=False)

    def close(self) -> None:
        """Leave the bar as it is."""
        self._bar.close()
