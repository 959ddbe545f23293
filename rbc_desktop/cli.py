"""Command line: ``rbc-desktop [IMAGE …] | segment | analyze | watch | verify | validate | control | doctor``.

Progress goes to stderr, results to files. Exit status 0; 1 when some inputs failed, 2 for wrong usage, 130 when
cancelled.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import RESEARCH_USE_ONLY, __version__
from .commands.terminal.streams import CANCELLED, say, screen_problem, x_server_answers
from .domain.export_formats import BATCH_FORMATS, formats_help
from .domain.fields.calibration import POSSIBLE_UM_PER_PX, Calibration
from .errors import RbcError, UsageError
from .models.choice.choice import ModelChoice

if TYPE_CHECKING:
    from .workflows.batch.results_folder import Mode

COMMANDS = ("segment", "analyze", "watch", "verify", "validate", "control", "doctor")
MOST_WORKERS = 60
"""Windows waits for no more processes at once."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in COMMANDS:
        return _run_command(_command_parser().parse_args(arguments))
    images = _window_parser().parse_args(arguments).images
    problem = screen_problem(os.environ, platform=sys.platform, has_display=_has_display())
    if problem is not None:
        say(problem)
        return 1
    from .commands.window import run  # Qt is imported only for the window

    return run(images)


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY")) and sys.platform == "linux" and x_server_answers()


def commands_only(argv: Sequence[str] | None = None) -> int:
    """`rbc-desktop-cli`: the commands without the window; without a command, its help. Returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = _command_parser("rbc-desktop-cli")
    if not arguments:
        parser.print_help()
        return 2
    return _run_command(parser.parse_args(arguments))


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rbc-desktop",
        description="Open the window, with these images if any. " + RESEARCH_USE_ONLY,
        epilog=f"Without a window: rbc-desktop {' | '.join(COMMANDS)}, each with --help.",
    )
    parser.add_argument("images", nargs="*", metavar="IMAGE", help="image or case file to open")
    parser.add_argument("--version", action="version", version=f"rbc-desktop {__version__}")
    return parser


def _add_checks(commands: Any) -> tuple[argparse.ArgumentParser, argparse.ArgumentParser]:
    """What looks at the installation, a case and a set of cases; returns those that take models."""
    doctor = commands.add_parser("doctor", help="check device and weights, run one click on the sample")
    doctor.add_argument("--json", action="store_true", help="print the findings for machines")
    verify = commands.add_parser("verify", help="check a case against its audit trail, images and outlines")
    verify.add_argument("case", type=Path, metavar="CASE")
    verify.add_argument("--head", default="", metavar="HEX", help="the head of the audit trail that a report states")
    verify.add_argument(
        "--numbers",
        type=Path,
        nargs="+",
        default=(),
        metavar="FILE",
        help="exported from the case: CSV of cells or of the sample, workbook, PDF report",
    )
    verify.add_argument("--replay", action="store_true", help="draw the outlines again from their prompts")
    validate = commands.add_parser("validate", help="a study of cases that were read twice or imaged twice")
    validate.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="case files, and folders of them")
    validate.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    control = commands.add_parser("control", help="charts of a microscope's control films")
    control.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="case files, and folders of them")
    control.add_argument("--baseline", type=int, default=20, metavar="N", help="first films that make the limits")
    control.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the charts")
    _add_language(verify, help_="of the findings; default en")
    _add_language(control, help_="of charts and findings; default en")
    return doctor, verify


def _add_language(command: argparse.ArgumentParser, *, help_: str) -> None:
    command.add_argument("--language", choices=("en", "de"), default="en", help=help_)


def _command_parser(program: str = "rbc-desktop") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=program, description=RESEARCH_USE_ONLY)
    parser.add_argument("--version", action="version", version=f"{program} {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    segment = commands.add_parser("segment", help="segment the cells that a prompt file marks")
    segment.add_argument("image", type=Path, metavar="IMAGE")
    segment.add_argument(
        "--prompts", type=Path, required=True, metavar="CSV", help="cell,x,y,label or cell,x0,y0,x1,y1"
    )
    analyze = commands.add_parser("analyze", help="find, measure and classify every cell of images and folders")
    analyze.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    before = analyze.add_mutually_exclusive_group()
    before.add_argument("--resume", action="store_true", help="go on with the results in DIR")
    before.add_argument("--overwrite", action="store_true", help="replace the results in DIR")
    analyze.add_argument("--regions", metavar="WHICH", help="of slides: x,y,width,height as CSV, or monolayer")
    watch = commands.add_parser("watch", help="analyze the images that come into a folder, once they are complete")
    watch.add_argument("folder", type=Path, metavar="FOLDER")
    watch.add_argument("--interval", type=_seconds, default=10.0, metavar="S", help="seconds between two looks")
    watch.add_argument("--once", action="store_true", help="analyze what is complete now, and end")
    for command in (analyze, watch):
        command.add_argument(
            "--formats", type=_formats, default=("csv", "pdf"), metavar="LIST",
            help="what to write, default csv,pdf; 'help' lists what there is",
        )  # fmt: skip
        command.add_argument("--scheme", type=Path, metavar="FILE", help="grading scheme, e.g. one that was exported")
        _add_language(command, help_="of the report and of messages; default en")
        command.add_argument(
            "--deidentified", action="store_true", help="results that neither name nor date the sample"
        )
        who = command.add_mutually_exclusive_group()
        who.add_argument("--workers", type=_workers, default=1, metavar="N", help="processes that share the images")
        who.add_argument(
            "--scheduler", type=_scheduler, metavar="ADDRESS",
            help="of a Dask cluster that does the work: tcp://HOST:PORT or tls://HOST:PORT (extra 'cluster')",
        )  # fmt: skip
        command.add_argument("--send", action="store_true", help="send the files to the cluster, which can't open them")
    for command in (segment, analyze, watch):
        command.add_argument("--incomplete", action="store_true", help="take images that were cut off, too")
        command.add_argument("--um-per-px", type=_scale, metavar="U", help="micrometres per pixel")
        command.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    doctor, verify = _add_checks(commands)
    for command in (segment, analyze, watch, verify, doctor):
        models = command.add_argument_group("models", "the bundled ones unless others are named")
        models.add_argument(
            "--segmenter", type=Path, metavar="PATH", help="folder with a manifest, or a SAM 2.1 checkpoint"
        )
        models.add_argument("--classifier", type=Path, metavar="PATH", help="folder with a manifest")
        if command in (analyze, watch, doctor):
            models.add_argument(
                "--image-level", type=Path, metavar="PATH", help="folder with a manifest, to read whole fields with"
            )
    return parser


def _formats(text: str) -> tuple[str, ...]:
    if text.strip().lower() == "help":
        sys.stdout.write(f"{formats_help()}\n")
        raise SystemExit(0)
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    if not names or not set(names) <= set(BATCH_FORMATS):
        raise argparse.ArgumentTypeError(f"formats are {','.join(BATCH_FORMATS)}, not '{text}'")
    return names


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"there can be 1 to {MOST_WORKERS} workers, not '{text}'")
    return int(text)


def _scheduler(text: str) -> str:
    from .commands.workers.cluster import ADDRESS

    if not ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"a scheduler is tcp://HOST:PORT or tls://HOST:PORT, not '{text}'")
    return text


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.1 <= value <= 86_400:
        raise argparse.ArgumentTypeError(f"an interval is 0.1 to 86400 seconds, not '{text}'")
    return value


def _scale(text: str) -> Calibration:
    low, high = POSSIBLE_UM_PER_PX
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of µm per pixel") from None
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(
            f"{text} µm per pixel shows no red cells: give a value from {low:g} to {high:g}"
        )
    return Calibration(value, "command line")


def _run_command(args: argparse.Namespace) -> int:
    from .commands.analyze import analyze
    from .commands.segment import segment
    from .commands.terminal.result_choice import Results
    from .commands.watch import watch
    from .commands.workers.staffing import Who

    if getattr(args, "language", "en") != "en":
        # It imports QtCore, which the English commands do without.
        from .commands.terminal.catalogues import language_named
        from .language import speak

        speak(language_named(args.language))
    chosen = [getattr(args, name, None) for name in ("segmenter", "classifier", "image_level")]
    models = ModelChoice(chosen[0], chosen[1], image_level=chosen[2])
    who = Who(args.workers, args.scheduler or "", args.send) if args.command in ("analyze", "watch") else Who()
    try:
        if who.send and not who.scheduler:
            raise UsageError("--send goes with --scheduler; name one, or leave it out.")
        if args.command == "segment":
            return segment(
                args.image, args.prompts, out=args.out, calibration=args.um_per_px, models=models,
                incomplete=args.incomplete,
            )  # fmt: skip
        if args.command in ("analyze", "watch"):
            results = Results(args.formats, args.deidentified, args.scheme)
        if args.command == "analyze":
            mode: Mode = "resume" if args.resume else "overwrite" if args.overwrite else "new"
            return analyze(
                args.paths, out=args.out, calibration=args.um_per_px, results=results, models=models, mode=mode,
                incomplete=args.incomplete, who=who, regions=args.regions,
            )  # fmt: skip
        if args.command == "watch":
            return watch(
                args.folder, out=args.out, calibration=args.um_per_px, results=results, models=models,
                incomplete=args.incomplete, who=who, interval=args.interval, once=args.once,
            )  # fmt: skip
        return _run_check(args, models)
    except RbcError as error:
        say(error.message)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        say("Cancelled; no result was written.")
        return CANCELLED


def _run_check(args: argparse.Namespace, models: ModelChoice) -> int:
    """What looks at a case, at many, or at the installation."""
    from .commands.control import control
    from .commands.doctor import doctor
    from .commands.validate import validate
    from .commands.verify import verify

    match args.command:
        case "verify":
            return verify(args.case, head=args.head, replay=args.replay, models=models, numbers=args.numbers)
        case "validate":
            return validate(args.paths, out=args.out)
        case "control":
            return control(args.paths, out=args.out, baseline=args.baseline)
        case _:
            return doctor(as_json=args.json, models=models)
