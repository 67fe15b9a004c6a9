"""The command line as a user meets it: figures out, one sentence for wrong input, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mnist_core import dataset, metrics, model, training
from mnist_core.plan import Plan
from mnist_core.training import checkpoint
from tests.command import run

ROOT = Path(__file__).resolve().parents[1]


def run_apart(*arguments: object, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, as a user runs it."""
    command = [sys.executable, "-m", "mnist_core", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **(env or {})})


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "run.npz"
    found = run_apart("train", "--train-size", 2_000, "--steps", 60, "--seed", 4, "--save", path, "--json")
    assert found.returncode == 0, found.stderr
    assert found.stderr == ""
    return path, json.loads(found.stdout)


def test_train_reports_what_the_functions_give(trained):
    _, report = trained
    plan = Plan(train_size=2_000, steps=60, seed=4)
    state, log = training.advance(plan, training.start(plan), 60)
    score = metrics.evaluate(state.parameters, dataset.load_test())
    assert (report["step"], report["diverged_at"]) == (60, None)
    assert report["plan"]["train_size"] == 2_000
    assert report["test_accuracy"] == score.accuracy
    assert report["test_loss"] == pytest.approx(score.loss, abs=1e-8)
    assert [row["step"] for row in report["evaluations"]] == [0, 1, 2, 5, 10, 20, 50, 60]
    losses = [row["train_loss"] for row in report["evaluations"]]
    assert losses == pytest.approx([e.training.loss for e in log.evaluations], abs=1e-8)


def test_an_mlp_is_saved_and_read_back(tmp_path):
    path = tmp_path / "mlp.npz"
    plan = Plan(model="mlp", hidden_units=5, train_size=300, batch_order="file", steps=12, double_softmax=True)
    choices = ["--model=mlp", "--hidden-units=5", "--train-size=300", "--batch-order=file", "--steps=12"]
    found = run("train", *choices, "--double-softmax", "--save", path, "--json")
    state, _ = training.advance(plan, training.start(plan), 12)
    shown, loaded = checkpoint.load(path)
    assert shown == plan
    for one, other in zip(loaded.parameters, state.parameters, strict=True):
        assert [value.tobytes() for value in one] == [value.tobytes() for value in other]
    accuracy = json.loads(run("evaluate", path, "--json").stdout)["test_accuracy"]
    assert json.loads(found.stdout)["test_accuracy"] == accuracy


def test_reproduce_e_as_json_and_as_text():
    table = json.loads(run("reproduce", "e", "--json").stdout)
    assert [row["what"] for row in table] == [f"test accuracy after epoch {epoch}" for epoch in (1, 3, 5, 7, 9)]
    assert all(row["agrees"] for row in table)
    text = run("reproduce", "E").stdout
    assert f"| test accuracy after epoch 9 | — | {100 * table[-1]['measured']:.2f} % | yes |" in text


def test_evaluate(trained):
    path, report = trained
    found = json.loads(run("evaluate", path, "--json").stdout)
    assert found["test_accuracy"] == report["test_accuracy"]
    confusion = np.array(found["confusion"])
    assert confusion.sum(axis=1).tolist() == np.bincount(dataset.load_test().labels).tolist()
    assert np.trace(confusion) / 10_000 == report["test_accuracy"]
    assert json.loads(run("evaluate", path, "--test-size", 100, "--json").stdout)["test_accuracy"] * 100 % 1 == 0


def test_predict_pictures_and_images_of_mnist(trained, tmp_path):
    picture = tmp_path / "first.png"
    Image.fromarray(255 - dataset.load_test().images[0].reshape(28, 28)).resize((200, 200)).save(picture)
    found = run(
        "predict", checkpoint.PRETRAINED, picture, "--test-image", 0, "--test-image", 1, "--train-image", 0, "--json"
    )
    reports = json.loads(found.stdout)
    _, state = checkpoint.load(checkpoint.PRETRAINED)
    first = int(model.predict(state.parameters, dataset.load().training.images[0]))
    assert [each["image"] for each in reports] == [str(picture), "train image 0", "test image 0", "test image 1"]
    assert [each["digit"] for each in reports] == [7, first, 7, 2]
    assert all(sum(each["probabilities"]) == pytest.approx(1, abs=1e-5) for each in reports)


def test_text_output(trained):
    path, report = trained
    assert f"{report['test_accuracy']:.2%}" in run("evaluate", path).stdout
    assert run("predict", path, "--test-image", 3).stdout.startswith("test image 3: 0")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["train", "--train-size", "0"], "train_size is 0; allowed: whole numbers from 1 to 55,000."),
        (["train", "--learning-rate", "nan"], "learning_rate is 'nan'; allowed: numbers from 0.000001 to 100."),
        (["train", "--batch-size", "few"], "batch_size is 'few'; allowed: whole numbers from 1 to 55,000 (the training size), or 'all'."),
        (["train", "--steps", "100001"], "steps is 100001; allowed: whole numbers from 0 to 100,000."),
        (["train", "--split", "half"], "split is 'half'; allowed: 'tutorial' or 'full'."),
        (["train", "--save", "no/such/folder/x.npz"], "no/such/folder/x.npz cannot be written; the folder no/such/folder does not exist."),
        (["train", "--save", "x" * 300 + ".npz"], "x" * 300 + ".npz cannot be written (File name too long)."),
        (["evaluate", "no.npz"], "no.npz does not exist; expected an .npz file that `train --save` wrote."),
        (["evaluate", "README.md"], "README.md is not a saved run, or is damaged; expected an .npz file that `train --save` wrote."),
        (["predict", str(checkpoint.PRETRAINED), "--test-image", "10000"], "test image is 10000; allowed: 0 to 9,999."),
        (["predict", str(checkpoint.PRETRAINED), "README.md"], "README.md is not a picture that can be read; expected PNG, JPEG, GIF, BMP, TIFF or WebP."),
        (["reproduce", "F"], "tutorial is 'F'; allowed: A, B, C, D, E or all."),
        (["train", "--model", "cnn"], "model is 'cnn'; allowed: 'linear' or 'mlp'."),
        (["train", "--hidden-units", "513"], "hidden_units is 513; allowed: whole numbers from 1 to 512."),
        (["train", "--batch-order", "random"], "batch_order is 'random'; allowed: 'shuffled' or 'file' or 'file_first'."),
        (["predict", str(checkpoint.PRETRAINED)], "Nothing to read; give picture files, --train-image I or --test-image I."),
    ],
)  # fmt: skip
def test_wrong_input_is_one_sentence_and_exit_status_2(arguments, sentence):
    found = run(*arguments)
    assert (found.returncode, found.stdout, found.stderr) == (2, "", f"Error: {sentence}\n")


def foreign(path: Path, **arrays: object) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        ({"x": np.zeros(3)}, "is not a saved run, or is damaged"),
        ({"plan": np.array([{}], dtype=object)}, "is not a saved run, or is damaged"),
        ({"plan": "steps=-1", "step": 0, "weights": np.zeros(1), "bias": np.zeros(1)}, "is not a saved run"),
        ({"plan": "", "step": 0, "weights": np.zeros((3, 3), np.float32), "bias": np.zeros(10, np.float32)},
         "has weights of shape (3, 3) and type float32; expected (784, 10) and float32."),
        ({"plan": "", "step": 0, "weights": np.full((784, 10), np.nan, np.float32), "bias": np.zeros(10, np.float32)},
         "has weights that are not all finite numbers."),
        ({"plan": "model=mlp", "step": 0, "weights": np.zeros((784, 10), np.float32), "bias": np.zeros(10, np.float32)},
         "is not a saved run, or is damaged"),
        ({"plan": "", "step": np.inf, "weights": np.zeros((784, 10), np.float32), "bias": np.zeros(10, np.float32)},
         "is not a saved run, or is damaged"),
        ({"plan": "", "step": 2_000, "weights": np.zeros((784, 10), np.float32), "bias": np.zeros(10, np.float32)},
         "has step 2000; expected 0 to 1000, the steps of its plan."),
    ],
)  # fmt: skip
def test_foreign_npz(tmp_path, arrays, sentence):
    found = run("evaluate", foreign(tmp_path / "foreign.npz", **arrays))
    assert found.returncode == 2
    assert sentence in found.stderr
    assert found.stderr.count("\n") == 1


def test_truncated_npz_and_truncated_data(tmp_path):
    cut = tmp_path / "cut.npz"
    cut.write_bytes(checkpoint.PRETRAINED.read_bytes()[:-2_000])
    found = run("evaluate", cut)
    assert found.returncode == 2
    assert "is not a saved run, or is damaged" in found.stderr

    folder = tmp_path / "data"
    folder.mkdir()
    for file in dataset.BUNDLED.glob("*.gz"):
        (folder / file.name).write_bytes(file.read_bytes()[:2_000])
    found = run_apart("evaluate", checkpoint.PRETRAINED, env={dataset.FOLDER_VARIABLE: str(folder)})
    assert found.returncode == 2
    assert "t10k-images-idx3-ubyte.gz cannot be read" in found.stderr
    assert found.stderr.count("\n") == 1


def test_a_file_that_is_there_survives_a_run_that_fails(tmp_path):
    path = tmp_path / "kept.npz"
    path.write_bytes(b"precious")
    assert run("train", "--steps", 5, "--train-size", 100_000, "--save", path).returncode == 2
    assert path.read_bytes() == b"precious"
    checkpoint.check_writable(path)
    assert path.read_bytes() == b"precious"
    checkpoint.check_writable(tmp_path / "new.npz")
    assert not (tmp_path / "new.npz").exists()


def test_one_wrong_input_in_a_process_of_its_own():
    found = run_apart("train", "--train-size", "0")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == "Error: train_size is 0; allowed: whole numbers from 1 to 55,000.\n"


def test_without_a_command_it_says_what_there_is():
    found = run()
    assert found.returncode == 2
    assert found.stderr.startswith("Usage:") and "reproduce" in found.stderr and "Error" not in found.stderr


def test_probabilities_that_are_no_numbers_are_null(tmp_path):
    huge = np.full((784, 10), 3e38, np.float32)
    path = foreign(tmp_path / "huge.npz", plan="", step=0, weights=huge, bias=np.zeros(10, np.float32))
    found = run("predict", path, "--test-image", 0, "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout)[0]["probabilities"] == [None] * 10
    assert "not a number" in run("predict", path, "--test-image", 0).stdout


def test_empty_picture(tmp_path):
    Image.new("L", (50, 50), 255).save(tmp_path / "empty.png")
    found = run("predict", checkpoint.PRETRAINED, tmp_path / "empty.png")
    assert found.returncode == 2
    assert "is empty: nothing on it stands out from the paper" in found.stderr
