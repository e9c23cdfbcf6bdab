"""``baken cdm assess``: how likely is this collision, by which method, and does the method hold?"""

from typing import Annotated

import numpy as np
import typer

from baken.assess.conjunction.assessment import (
    FURTHER_METHODS,
    SAMPLED_METHODS,
    AssessmentSettings,
    Sampling,
)
from baken.assess.conjunction.message_states import Sizes
from baken.cli.assessment_view import assessment_document, show_assessment
from baken.cli.doors import print_json
from baken.cli.exits import Exit, error_line
from baken.cli.reading import given_circumstances, rejection_document, tell_rejections
from baken.cli.setting import Setting, log_console, table_console
from baken.errors import TheirMistake, WrongUsage
from baken.operations.assess_messages import AssessedFile, assess_messages
from baken.report.words import Speech
from baken.wiring.files import read_bytes, said_of

ALL = "all"
KNOWN_METHODS = (*FURTHER_METHODS, *SAMPLED_METHODS)
# Moving orbits step by step takes ten seconds a message, so it has to be asked for by name.
OF_ALL = tuple(name for name in KNOWN_METHODS if name != "monte_carlo_numerical")
MOST_SAMPLES = 1_000_000_000


def assess(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(help="CDMs in KVN, XML or JSON, plain or .gz; - is stdin.")],
    method: Annotated[
        str | None,
        typer.Option(help=f"A further method beside the two that decide: {', '.join(KNOWN_METHODS)}, all."),
    ] = None,
    hbr_m: Annotated[
        float | None, typer.Option("--hbr-m", help="Combined hard-body radius; else the message tells.")
    ] = None,
    radii: Annotated[str | None, typer.Option(help="Measured radii, as for screen.")] = None,
    samples: Annotated[int, typer.Option(help="How many pairs a Monte Carlo method draws.")] = 100_000,
    seed: Annotated[int, typer.Option(help="Where its luck begins.")] = 1,
    scale: Annotated[
        tuple[float, float],
        typer.Option(help="Scales of the first and second object's standard deviations."),
    ] = (1.0, 1.0),
) -> int:
    """Assess conjunction messages: probability with its validity, region, ceiling and assumptions."""
    setting: Setting = context.obj
    sampling = Sampling(n_samples=samples, seed=seed, make_rng=np.random.default_rng)
    settings = _settings(setting, method, hbr_m, radii, scale, sampling)
    assessed: list[tuple[str, AssessedFile]] = []
    refused: list[tuple[str, TheirMistake]] = []
    for path in files:
        try:
            with said_of(path):
                assessed.append((path, assess_messages(read_bytes(path), settings)))
        except TheirMistake as mistake:
            refused.append((path, mistake))
    _tell(setting, assessed, refused)
    return Exit.WRONG_USAGE_OR_INPUT if refused else Exit.DONE


def _settings(
    setting: Setting,
    method: str | None,
    hbr_m: float | None,
    radii: str | None,
    scale: tuple[float, float],
    sampling: Sampling,
) -> AssessmentSettings:
    known = (*KNOWN_METHODS, ALL)
    if method is not None and method not in known:
        raise WrongUsage(f"--method is one of {', '.join(known)}; it was {method}")
    if not min(scale) > 0.0:
        raise WrongUsage(f"--scale takes two numbers above 0; it was {scale[0]:g} {scale[1]:g}")
    if not 0 < sampling.n_samples <= MOST_SAMPLES or sampling.seed < 0:
        raise WrongUsage(f"--samples is from 1 to {MOST_SAMPLES:,}, and --seed not below 0")
    return AssessmentSettings(
        sizes=Sizes(
            combined_radius_m=hbr_m, known_radius_m=given_circumstances(setting, radii).known_radius_m
        ),
        covariance_scales=scale,
        further_methods=OF_ALL if method == ALL else (method,) if method else (),
        sampling=sampling,
    )


def _tell(
    setting: Setting, assessed: list[tuple[str, AssessedFile]], refused: list[tuple[str, TheirMistake]]
) -> None:
    log = log_console(setting)
    for path, one in assessed:
        tell_rejections(log, path, one.rejected)
    for _, mistake in refused:
        log.print(error_line(mistake), highlight=False, markup=False, soft_wrap=True)
    if setting.as_json:
        print_json(
            {
                "messages": [
                    {"path": path, **assessment_document(found)}
                    for path, one in assessed
                    for found in one.assessed
                ],
                "rejected": [
                    {"path": path, **rejection_document(rejection)}
                    for path, one in assessed
                    for rejection in one.rejected
                ],
                "refused": [{"path": path, "reason": str(mistake)} for path, mistake in refused],
            }
        )
        return
    console, say = table_console(), Speech(setting.language)
    for path, one in assessed:
        for found in one.assessed:
            show_assessment(console, path, found, say)
