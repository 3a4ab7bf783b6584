"""Days as files write them, as every room reads them (`hearth.kernel.sheets`)."""

from hearth.kernel.sheets import BRITISH, Style, day

__all__ = ["BRITISH", "Style", "day"]
