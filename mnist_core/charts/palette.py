"""The colours of every picture and chart, in one place; each pair is for a light page and for a dark one."""

Pair = tuple[str, str]

SEISMIC = ("#00004d", "#0000ff", "#ffffff", "#ff0000", "#800000")  # Matplotlib's stops, evenly spaced: white is zero
INK = ("#000000", "#000000", "#000000", "#808080", "#ffffff")  # the same for pictures of digits, whose values are >= 0
OKABE_ITO = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")
"""Colours that colour-blind eyes tell apart. Source: M. Okabe, K. Ito, "Color universal design", 2008."""

RED, BLUE, GREY = "#d62728", "#2f6fde", "#8a8a8a"
MISREAD = "#e62828"
GRID = "rgba(128,128,128,.3)"
BAND = "rgba(47,111,222,.2)"  # BLUE, seen through
TEXT: Pair = ("#31333f", "#fafafa")

TEST: Pair = (RED, "#ff6b64")
TRAINING: Pair = (BLUE, "#7aa5ff")
BATCH: Pair = ("#2f6fde73", "#7aa5ff80")
EARLIER: Pair = (GREY, "#9a9a9a")
