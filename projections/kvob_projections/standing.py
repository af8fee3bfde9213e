"""Which status has an estate on a day? The join with the register's periods, and the comparison.

It compares as `Certificate.status_on` of the domain does; a property test holds them together.
"""

from typing import Final

PERIOD_ON_DAY: Final = (
    "r.estate_id = b.estate_id AND r.from_day <= :day"
    " AND (r.until_day IS NULL OR r.until_day > :day)"
)
"""The one period of an estate that holds the day; '' is an unknown beginning, before every day."""

STATUS: Final = (
    "CASE WHEN r.standing IS NULL THEN 'none'"
    " WHEN r.standing = 'withdrawn' THEN 'withdrawn'"
    " WHEN r.expires_on <= :day THEN 'expired'"
    " WHEN r.valid_from IS NULL OR r.expires_on IS NULL THEN 'unknown'"
    " ELSE r.standing END"
)
"""The status on the day; `r.standing` is NULL only where no period holds the day."""
