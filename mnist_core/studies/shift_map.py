"""Move the digit: a model's accuracy for every shift of the test digits, row by row of the map."""

from mnist_core import dataset
from mnist_core.explain import shifts
from mnist_core.model import Parameters
from mnist_core.studies.seeds import Shares
from mnist_core.studies.tasks import Task, map_tasks

CENTRED = 2_000  # of the test digits, in the map with centring: each of them is moved, twice, for each cell


def tasks(parameters: Parameters, centred: bool) -> list[Task]:
    """A task for each row."""
    rows = ((parameters, down) for down in range(-shifts.FARTHEST, shifts.FARTHEST + 1))
    return map_tasks("centred", centred_row, rows) if centred else map_tasks("shifted", shifted_row, rows)


def shifted_row(parameters: Parameters, down: int) -> Shares:
    """Accuracy for one move down and all moves to the sides, `(17,)`."""
    return shifts.shift_accuracy(parameters, shifts.row_of_moves(down))


def centred_row(parameters: Parameters, down: int) -> Shares:
    """The same on the first 2,000 test digits, each centred again."""
    return shifts.centred_accuracy(parameters, dataset.load_test()[:CENTRED], shifts.row_of_moves(down))
