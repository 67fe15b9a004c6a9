"""The reader against files written here byte by byte, and the bundled files against published facts."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from mnist_core import dataset
from mnist_core.errors import DatasetError


def write_idx(
    path: Path, array: np.ndarray, *, magic: int | None = None, promised: tuple[int, ...] | None = None
) -> None:
    shape = promised or array.shape
    content = struct.pack(f">{1 + len(shape)}I", magic or 0x800 + array.ndim, *shape) + array.tobytes()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(0)
    write_idx(tmp_path / "train-images-idx3-ubyte", rng.integers(0, 256, (5, 28, 28), dtype=np.uint8))
    write_idx(tmp_path / "train-labels-idx1-ubyte.gz", np.array([3, 1, 4, 1, 9], np.uint8))
    return tmp_path


def test_reads_plain_and_gzipped(folder):
    digits = dataset.read_digits(folder, "train")
    assert digits.images.shape == (5, 784)
    assert digits.images.dtype == np.uint8
    assert digits.labels.tolist() == [3, 1, 4, 1, 9]
    assert digits.images[4].tobytes() == (folder / "train-images-idx3-ubyte").read_bytes()[-784:]


def test_images_are_read_only(folder):
    digits = dataset.read_digits(folder, "train")
    with pytest.raises(ValueError, match="read-only"):
        digits.images[0, 0] = 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda f: write_idx(f / "train-labels-idx1-ubyte.gz", np.zeros(5, np.uint8), magic=7), "magic number 7; expected 2049"),
        (lambda f: write_idx(f / "train-labels-idx1-ubyte.gz", np.zeros(4, np.uint8)), "4 labels; expected 5"),
        (lambda f: write_idx(f / "train-labels-idx1-ubyte.gz", np.array([0, 0, 12, 0, 0], np.uint8)), "label 12 at index 2"),
        (lambda f: write_idx(f / "train-labels-idx1-ubyte.gz", np.zeros(5, np.uint8), promised=(9,)), "holds 5 bytes of data; its header promises 9"),
        (lambda f: write_idx(f / "train-images-idx3-ubyte", np.zeros((5, 20, 20), np.uint8)), "20 x 20 pixels; expected 28 x 28"),
        (lambda f: write_idx(f / "train-images-idx3-ubyte", np.zeros(4, np.uint8), magic=2051, promised=(2**31, 2**31, 4)), "its header promises 18,446,744,073,709,551,616"),
        (lambda f: (f / "train-images-idx3-ubyte").write_bytes(b"\0\0"), "2 bytes long; expected a header of 16"),
        (lambda f: (f / "train-images-idx3-ubyte").unlink(), "train-images-idx3-ubyte is missing"),
        (lambda f: (f / "train-labels-idx1-ubyte.gz").write_bytes((f / "train-labels-idx1-ubyte.gz").read_bytes()[:-9]), "cannot be read"),
        (lambda f: (f / "train-labels-idx1-ubyte.gz").write_bytes(b"no gzip at all"), "cannot be read"),
    ],
)  # fmt: skip
def test_bad_file_is_named_with_value_and_expectation(folder, spoil, sentence):
    spoil(folder)
    with pytest.raises(DatasetError, match=sentence) as caught:
        dataset.read_digits(folder, "train")
    assert "idx" in str(caught.value)


def test_wrong_checksum_of_a_bundled_file(folder, monkeypatch):
    monkeypatch.setattr(dataset, "BUNDLED", folder)
    with pytest.raises(DatasetError, match=r"has the MD5 .*; expected 6bbc9ace898e44ae57da46a324031adb"):
        dataset.read_digits(folder, "train")


def test_a_set_of_another_size_is_refused(folder, monkeypatch):
    monkeypatch.setenv(dataset.FOLDER_VARIABLE, str(folder))
    with pytest.raises(DatasetError, match="train-images holds 5 images; expected 60,000"):
        dataset._digits.__wrapped__("train")


def test_a_folder_name_that_no_system_takes(tmp_path):
    with pytest.raises(DatasetError, match="cannot be read"):
        dataset.read_digits(tmp_path / ("x" * 300), "train")


def test_splits():
    tutorial, full = dataset.load("tutorial"), dataset.load("full")
    assert [len(tutorial.training), len(tutorial.validation), len(tutorial.test)] == [55_000, 5_000, 10_000]
    assert [len(full.training), len(full.validation), len(full.test)] == [60_000, 0, 10_000]
    assert np.array_equal(tutorial.training.images, full.training.images[5_000:])
    assert np.array_equal(tutorial.validation.labels, full.training.labels[:5_000])
    assert tutorial.training.labels[0] == 7, "tutorial C: training image 0 is a 7"
    assert tutorial.test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert (tutorial.test.labels == 0).sum() == 980
