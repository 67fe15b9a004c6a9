"""Files that are small and ask for much, and paths that are no files: each is refused with a sentence, unread."""

import gzip
import io
import os
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mnist_core import dataset, preprocess
from mnist_core.errors import DatasetError, ImageError, MnistLabError, SavedRunError
from mnist_core.training import checkpoint


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """Fail a test that takes more than 200 MB."""
    tracemalloc.start()
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 200e6


def npz(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", content)
    return path


def npy(array: np.ndarray, shape: tuple[int, ...] | None = None) -> bytes:
    """An array as .npy, which says that it has another shape."""
    file = io.BytesIO()
    header = {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": False, "shape": shape or array.shape}
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue() + array.tobytes()


PLAN, STEP, BIAS = npy(np.array("")), npy(np.array(0)), npy(np.zeros(10, np.float32))


@pytest.mark.parametrize(
    "weights",
    [
        npy(np.zeros(3, np.float32), (10**6, 10**6)),
        npy(np.zeros(3, np.float32), (-1, 10)),
        npy(np.zeros(3, np.float32), (2**62, 2**62)),
        npy(np.zeros(3, np.float32), (784, 10)),
        npy(np.zeros(10_000_000, np.float32)),
        b"no array",
        b"",
    ],
)
def test_a_saved_run_that_is_none(tmp_path, weights):
    path = npz(tmp_path / "run.npz", plan=PLAN, step=STEP, weights=weights, bias=BIAS)
    with pytest.raises(SavedRunError, match=r"run\.npz is not a saved run, or is damaged; expected an \.npz file"):
        checkpoint.load(path)


def test_a_saved_run_that_is_packed_otherwise(tmp_path):
    """What other unpackers raise on damaged bytes need not be known."""
    with zipfile.ZipFile(tmp_path / "run.npz", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("plan.npy", PLAN)
    damaged = bytearray((tmp_path / "run.npz").read_bytes())
    damaged[40:60] = bytes(20)
    (tmp_path / "run.npz").write_bytes(damaged)
    with pytest.raises(SavedRunError, match="is not a saved run"):
        checkpoint.load(tmp_path / "run.npz")


def test_a_plan_that_is_a_book(tmp_path):
    path = npz(tmp_path / "run.npz", plan=npy(np.array("x" * 10_000_000)), step=STEP, weights=BIAS, bias=BIAS)
    with pytest.raises(SavedRunError, match="is not a saved run"):
        checkpoint.load(path)


def test_a_damaged_file_of_ours_is_named_without_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoint, "DATA", tmp_path)
    (tmp_path / "pretrained.npz").write_bytes(b"x")
    with pytest.raises(SavedRunError, match=r"^pretrained\.npz is not a saved run"):
        checkpoint.load(tmp_path / "pretrained.npz")


@pytest.mark.parametrize("side", [4_001, 13_000, 30_000, 2**31 - 1])
def test_a_picture_of_too_many_pixels_is_not_unpacked(tmp_path, side):
    header = b"IHDR" + struct.pack(">2I5B", side, side, 8, 6, 0, 0, 0)
    data = b"IDAT" + zlib.compress(bytes(1_000))
    chunks = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (header, data))
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    with pytest.raises(
        ImageError, match=r"large\.png (has .* pixels; allowed: 16,000,000|cannot be read as a picture)"
    ):
        preprocess.read_image(path)


@pytest.mark.parametrize("read", [checkpoint.load, preprocess.read_image])
def test_what_is_no_file_is_not_opened(tmp_path, read):
    """A FIFO would wait for ever, /dev/zero never ends."""
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path / "fifo", Path("/dev/zero"), tmp_path):
        with pytest.raises(MnistLabError, match="is no file; expected"):
            read(path)


def test_data_that_unpack_to_more_than_mnist(tmp_path):
    path = tmp_path / "t10k-images-idx3-ubyte.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(60):
            file.write(bytes(1_000_000))
    with pytest.raises(DatasetError, match=r"holds more than the 47,040,016 bytes of MNIST's largest file"):
        dataset.read_idx(path, dataset.IMAGE_MAGIC)


def test_data_that_promise_more_than_they_hold(tmp_path):
    path = tmp_path / "t10k-images-idx3-ubyte"
    path.write_bytes(struct.pack(">4I", dataset.IMAGE_MAGIC, 10**9, 28, 28) + bytes(784))
    with pytest.raises(DatasetError, match="holds 784 bytes of data; its header promises 784,000,000,000"):
        dataset.read_idx(path, dataset.IMAGE_MAGIC)
