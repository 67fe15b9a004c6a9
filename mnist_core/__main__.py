"""The command line: python -m mnist_core train | evaluate | predict | reproduce."""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from mnist_core import dataset, metrics, model, preprocess, reports, training
from mnist_core.choices import OnOff
from mnist_core.errors import ImageError, MnistLabError
from mnist_core.fields import FIELDS
from mnist_core.plan import Plan, read_params
from mnist_core.studies.comparison import markdown
from mnist_core.studies.tutorials import TUTORIALS, measure
from mnist_core.training import checkpoint

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else.")


def plan_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each choice of a Plan."""
    for field in reversed(FIELDS):
        name, default = f"--{field.name.replace('_', '-')}", field.default.format(getattr(Plan(), field.name))
        if isinstance(field.kind, OnOff):
            command = click.option(name, is_flag=True, flag_value="true", default=None, help=field.option)(command)
        else:
            command = click.option(name, help=f"{field.option}  [default: {default}]")(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """Train softmax regression on MNIST, evaluate it and let it read digits."""


@cli.command()
@plan_options
@click.option(
    "--save", type=click.Path(path_type=Path, dir_okay=False), help="Write the trained model to this .npz file."
)
@as_json
def train(save: Path | None, as_json: bool, **choices: str | None) -> None:
    """Train, and report losses and test accuracy along the way."""
    params = {name: text for name, text in choices.items() if text is not None}
    plan, errors = read_params(params)
    if errors:
        raise errors[0]
    if save:
        checkpoint.check_writable(save)
    began = time.perf_counter()
    state, log = _run(plan)
    seconds = time.perf_counter() - began
    if save:
        checkpoint.save(save, plan, state)
    report = reports.training_report(plan, state, log, seconds)
    click.echo(json.dumps(report, allow_nan=False) if as_json else reports.training_text(report))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--test-size", type=click.IntRange(1, 10_000), default=10_000, show_default=True, help="The first N test images."
)
@as_json
def evaluate(file: Path, test_size: int, as_json: bool) -> None:
    """Measure a saved model on the test set."""
    _, state = checkpoint.load(file)
    test = dataset.load_test()[:test_size]
    score = metrics.evaluate(state.parameters, test)
    if as_json:
        report = {
            "test_accuracy": score.accuracy,
            "test_loss": reports.number(score.loss),
            "confusion": score.confusion.tolist(),
        }
        click.echo(json.dumps(report, allow_nan=False))
        return
    click.echo(f"test accuracy {score.accuracy:.2%}, test loss {score.loss:.4f} on {len(test):,} test images")
    click.echo("confusion (rows: true digit, columns: predicted digit)")
    click.echo("      " + "".join(f"{k:6}" for k in range(model.CLASSES)))
    for k, row in enumerate(score.confusion):
        click.echo(f"{k:6}" + "".join(f"{count:6}" for count in row))


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("images", nargs=-1, type=click.Path(path_type=Path))
@click.option("--train-image", type=int, multiple=True, metavar="I", help="Training image I of the model's split.")
@click.option("--test-image", type=int, multiple=True, metavar="I", help="Test image I.")
@as_json
def predict(
    file: Path, images: tuple[Path, ...], train_image: tuple[int, ...], test_image: tuple[int, ...], as_json: bool
) -> None:
    """Read digits: picture files of any size, pen and polarity, or images of MNIST."""
    plan, state = checkpoint.load(file)
    if not images and not train_image and not test_image:
        raise click.UsageError("Nothing to read; give picture files, --train-image I or --test-image I.")
    pixels = {str(path): _pixels_of(path) for path in images}
    if train_image:
        pixels |= _chosen("train image", dataset.load(plan.split).training, train_image)
    pixels |= _chosen("test image", dataset.load_test(), test_image)
    readings = [reports.reading(name, model.probabilities(state.parameters, x)) for name, x in pixels.items()]
    if as_json:
        click.echo(json.dumps(readings, allow_nan=False))
        return
    for report in readings:
        click.echo(f"{report['image']}: {report['digit']}")
        for k, p in enumerate(report["probabilities"]):
            click.echo(f"  {k}  not a number" if p is None else f"  {k}  {p:.8e}  {'#' * round(40 * p)}")


@cli.command(help=f"Measure a tutorial's published figures again: {', '.join(TUTORIALS)} or all.")
@click.argument("tutorial")
@as_json
def reproduce(tutorial: str, as_json: bool) -> None:
    """Measure a tutorial's published figures again."""
    letters = list(TUTORIALS) if tutorial.lower() == "all" else [tutorial.upper()]
    if letters[0] not in TUTORIALS:
        raise click.UsageError(f"tutorial is {tutorial!r}; allowed: {', '.join(TUTORIALS)} or all.")
    with _progress(1_000, "measuring") as bar:
        found = measure(letters, lambda share: bar.update(round(1_000 * share) - bar.pos))
        bar.update(1_000 - bar.pos)
    tables = {letter: TUTORIALS[letter].rows(found[letter]) for letter in letters}
    if as_json:
        click.echo(json.dumps([row.to_json() for table in tables.values() for row in table], allow_nan=False))
        return
    for letter, table in tables.items():
        click.echo(f"**{letter}: {TUTORIALS[letter].title}** ({TUTORIALS[letter].source})\n\n{markdown(table)}\n")


def _progress(length: int, label: str) -> Any:
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def _run(plan: Plan) -> tuple[training.State, training.Log]:
    """Advance to the end, in chunks only so that the bar can move."""
    state, log, chunk = training.start(plan), training.EMPTY_LOG, max(1, plan.steps // 100)
    with _progress(max(plan.steps, 1), "training") as bar:
        while True:
            before = state.step
            state, more = training.advance(plan, state, chunk)
            log += more
            bar.update(state.step - before)
            if state.step >= plan.steps or log.diverged_at is not None:
                return state, log


def _pixels_of(path: Path) -> preprocess.Bytes:
    stages = preprocess.prepare(preprocess.read_image(path))
    if stages is None:
        raise ImageError(f"{path} is empty: nothing on it stands out from the paper.")
    return stages.pixels


def _chosen(kind: str, digits: dataset.Digits, indices: Sequence[int]) -> dict[str, preprocess.Bytes]:
    for index in indices:
        if not 0 <= index < len(digits):
            raise click.UsageError(f"{kind} is {index}; allowed: 0 to {len(digits) - 1:,}.")
    return {f"{kind} {index}": digits.images[index] for index in indices}


def main() -> None:
    """Run a command; wrong input is one sentence on stderr and exit status 2."""
    try:
        with np.errstate(over="ignore", invalid="ignore"):
            status = cli(standalone_mode=False, prog_name="python -m mnist_core")
        sys.exit(status or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # whoever read the output, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # files have sentences of their own; this is the output
        print(f"Error: the output cannot be written ({error.strerror}).", file=sys.stderr)
        sys.exit(2)
    except (MnistLabError, click.ClickException) as error:
        sentence = error.format_message() if isinstance(error, click.ClickException) else str(error)
        print(f"Error: {sentence}", file=sys.stderr)
        sys.exit(2)
    except click.Abort:
        print("Stopped.", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
