"""Space weather for tests: lines as CelesTrak lays them out, with numbers of our own."""

from datetime import date, timedelta

DAY_ONE = date(2024, 1, 1)
MJD_OF_DAY_ONE = 60_310


def celestrak_line(n_days: int, f107_sfu: float, *, ap: int | None = 12, qualifier: str = "0") -> str:
    """Write one day, ``n_days`` after the first of January of 2024; ap 12 in every three hours."""
    day = DAY_ONE + timedelta(days=n_days)
    line = f"{day:%Y %m %d} {2600:4d}{1:3d}"
    line += " " * 64 if ap is None else f"{27:3d}" * 8 + f"{213:4d}" + f"{ap:4d}" * 8
    line = line.ljust(78) + (" " * 10 if ap is None else f"{ap:4d}{0.7:4.1f}{3:2d}")
    line += f"{150:4d}{f107_sfu + 5.0:6.1f} {qualifier}{200.0:6.1f}{200.0:6.1f}"
    return line + f"{f107_sfu:6.1f}{160.0:6.1f}{150.0:6.1f}"


def celestrak_text(n_observed: int, n_forecast: int = 0, *, months: tuple[str, ...] = ()) -> str:
    """Write a file: flux 100 on the first day and one more each day."""
    observed = [celestrak_line(k, 100.0 + k) for k in range(n_observed)]
    forecast = [celestrak_line(n_observed + k, 300.0, qualifier=" ") for k in range(n_forecast)]
    return "\n".join(
        [
            "DATATYPE CssiSpaceWeather",
            "# comments",
            "BEGIN OBSERVED",
            *observed,
            "END OBSERVED",
            "",
            "BEGIN DAILY_PREDICTED",
            *forecast,
            "END DAILY_PREDICTED",
            "BEGIN MONTHLY_PREDICTED",
            *months,
            "END MONTHLY_PREDICTED",
            "BEGIN MONTHLY_FIT",
            "what is here is not read",
            "END MONTHLY_FIT",
        ]
    )
