"""MNIST from its IDX files: read-only bytes, checked, and cut into the splits that the tutorials use."""

import gzip
import hashlib
import math
import os
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_core.errors import DatasetError

Split = Literal["tutorial", "full"]
SPLITS: tuple[Split, ...] = ("tutorial", "full")
VALIDATION_SIZE = 5_000  # the classic TensorFlow reader set these aside, from the front
SIZES = {"train": 60_000, "t10k": 10_000}
TRAINING_SIZES: dict[str, int] = {"tutorial": SIZES["train"] - VALIDATION_SIZE, "full": SIZES["train"]}
SIDE = 28
PIXELS = SIDE * SIDE

LARGEST_FILE = 16 + SIZES["train"] * PIXELS  # bytes, unpacked: what a small file may unpack to has no other limit

BUNDLED = Path(__file__).parent / "data"
FOLDER_VARIABLE = "MNIST_LAB_DATA"  # names another folder with the four files, say Fashion-MNIST's
IMAGE_MAGIC, LABEL_MAGIC = 2051, 2049
MD5 = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


@dataclass(frozen=True)
class Digits:
    """Images `(n, 784) uint8`, 0 background to 255 ink, and their labels `(n,) uint8`, 0 to 9; read-only.

    Where the same images are read again and again, they may be `float32` 0..1 already (`model.as_input`).
    """

    images: NDArray[np.uint8] | NDArray[np.float32]
    labels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.labels)

    def __getitem__(self, rows: slice) -> "Digits":
        return Digits(self.images[rows], self.labels[rows])


@dataclass(frozen=True)
class Dataset:
    """One split of MNIST; `validation` is empty where the split has none."""

    training: Digits
    validation: Digits
    test: Digits


@lru_cache(maxsize=2)
def load(split: Split = "tutorial") -> Dataset:
    """Read all four files and cut them.

    `tutorial`: images 5,000..59,999 train and the first 5,000 validate. `full`: all 60,000 train.
    Raises DatasetError naming the file, the value found and the value expected.
    """
    everything = _digits("train")
    cut = VALIDATION_SIZE if split == "tutorial" else 0
    return Dataset(everything[cut:], everything[:cut], load_test())


@lru_cache(maxsize=1)
def load_test() -> Digits:
    """Read the 10,000 test digits alone: a fifth of the bytes, and all that a first page needs."""
    return _digits("t10k")


@lru_cache(maxsize=1)
def _digits(prefix: str) -> Digits:
    chosen = os.environ.get(FOLDER_VARIABLE)
    digits = read_digits(Path(chosen) if chosen else BUNDLED, prefix)
    if len(digits) != SIZES[prefix]:
        raise DatasetError(f"{prefix}-images holds {len(digits):,} images; expected {SIZES[prefix]:,}, as MNIST has.")
    return digits


def read_digits(folder: Path, prefix: str) -> Digits:
    """Read `<prefix>-images-idx3-ubyte` and `<prefix>-labels-idx1-ubyte`, each gzipped or plain."""
    image_file = _find(folder, f"{prefix}-images-idx3-ubyte")
    label_file = _find(folder, f"{prefix}-labels-idx1-ubyte")
    images, labels = read_idx(image_file, IMAGE_MAGIC), read_idx(label_file, LABEL_MAGIC)
    if images.shape[1:] != (SIDE, SIDE):
        found = " x ".join(map(str, images.shape[1:]))
        raise DatasetError(f"{image_file.name} holds images of {found} pixels; expected {SIDE} x {SIDE}.")
    if len(images) != len(labels):
        raise DatasetError(
            f"{label_file.name} holds {len(labels):,} labels; expected {len(images):,}, one for each image."
        )
    if labels.size and labels.max() > 9:
        where = int(np.argmax(labels > 9))
        raise DatasetError(f"{label_file.name} has label {labels[where]} at index {where:,}; expected 0 to 9.")
    return Digits(images.reshape(len(images), PIXELS), labels)


def read_idx(path: Path, magic: int) -> NDArray[np.uint8]:
    """Read one IDX file of bytes, gzipped or plain, as a read-only array of the shape its header gives.

    Format: http://yann.lecun.com/exdb/mnist/ (big-endian magic number, one size for each dimension, data).
    `magic` is 2051 for images and 2049 for labels; its last byte counts the dimensions.
    """
    content = _read_bytes(path)
    header = 4 + 4 * (magic & 0xFF)
    if len(content) < header:
        raise DatasetError(f"{path.name} is {len(content)} bytes long; expected a header of {header} bytes.")
    found, *shape = struct.unpack(f">{header // 4}I", content[:header])
    if found != magic:
        raise DatasetError(f"{path.name} begins with the magic number {found}; expected {magic}.")
    size, expected = len(content) - header, math.prod(shape)
    if size != expected:
        raise DatasetError(f"{path.name} holds {size:,} bytes of data; its header promises {expected:,}.")
    if path.parent == BUNDLED:
        _verify(path, content)
    return np.frombuffer(content, np.uint8, offset=header).reshape(shape)


def _find(folder: Path, name: str) -> Path:
    for path in (folder / f"{name}.gz", folder / name):
        try:
            if path.is_file():
                return path
        except OSError as error:
            raise DatasetError(f"{folder} cannot be read ({error.strerror}); expected a folder with {name}.") from error
    raise DatasetError(f"{name} is missing from {folder}; expected {name}.gz or {name} there.")


def _read_bytes(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DatasetError(f"{path.name} cannot be read ({error}); expected a whole IDX file.") from error
    if len(content) > LARGEST_FILE:
        raise DatasetError(f"{path.name} holds more than the {LARGEST_FILE:,} bytes of MNIST's largest file.")
    return content


def _verify(path: Path, content: bytes) -> None:
    expected = MD5[path.name.removesuffix(".gz")]
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found != expected:
        raise DatasetError(f"{path.name} has the MD5 {found}; expected {expected}. Restore it from the repository.")
