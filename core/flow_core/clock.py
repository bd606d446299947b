"""Times for people: of about three digits, in the unit that suits them."""


def clock(microseconds: float) -> str:
    """A time for people, of about three digits.

    >>> clock(0), clock(1_500), clock(12_340_000), clock(3_600_000_000 * 26)
    ('0s', '1.5ms', '12.3s', '1d02h')
    >>> clock(999_700), clock(59_970_000)
    ('1s', '1m00s')
    """
    if microseconds < 1:
        return "0s"
    for most, size, unit in ((999.5, 1, "us"), (999.5, 1e3, "ms"), (59.95, 1e6, "s")):
        if microseconds / size < most:
            return f"{microseconds / size:.3g}{unit}"
    minutes, seconds = divmod(round(microseconds / 1e6), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        return f"{days}d{hours:02}h"
    return f"{hours}h{minutes:02}m" if hours else f"{minutes}m{seconds:02}s"
