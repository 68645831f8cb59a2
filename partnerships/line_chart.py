"""The lines "aktif" and "berjalan" over a year: points of a drawing, and the table beside it."""

from dataclasses import dataclass

from indonesian.calendar import format_date, month_name
from indonesian.numbers import format_number, format_percent
from institutions.models import User
from partnerships.attention import agreements_url
from partnerships.models import Evidence
from partnerships.trend import Point

# The drawing in its own units; the right margin holds the words at the ends of the lines.
WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 100, 16, 36
# Words closer than this would stand on each other.
WORDS_APART = 18


@dataclass(frozen=True)
class Month:
    """One end of a month in drawing and table."""

    label: str
    short: str
    x: int
    active: int
    moving: int
    active_url: str
    moving_url: str

    @property
    def share(self) -> str:
        return format_percent(self.moving / self.active) if self.active else "–"


@dataclass(frozen=True)
class Line:
    """One line: its points, and where the words beside its last point stand."""

    name: str
    words: str
    points: str
    words_y: int


@dataclass(frozen=True)
class Chart:
    months: list[Month]
    lines: list[Line]
    # (height in the drawing, figure) of the rules.
    rules: list[tuple[int, str]]
    finding: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM


def chart_of(points: list[Point], user: User) -> Chart:
    top = round_up(max(point.active for point in points))
    places = [LEFT + (WIDTH - LEFT - RIGHT) * n // (len(points) - 1) for n in range(len(points))]
    months = [month_of(point, x, user) for point, x in zip(points, places, strict=True)]
    active = line_of("aktif", [(m.x, m.active) for m in months], top)
    moving = line_of("berjalan", [(m.x, m.moving) for m in months], top)
    if moving.words_y - active.words_y < WORDS_APART:
        moving = Line(moving.name, moving.words, moving.points, active.words_y + WORDS_APART)
    rules = [(height(figure, top), format_number(figure)) for figure in (0, top // 2, top)]
    return Chart(months, [active, moving], rules, finding_of(points))


def month_of(point: Point, x: int, user: User) -> Month:
    name, filters = month_name(point.day.month), {"status": "aktif", "pada": format_date(point.day)}
    return Month(
        f"{name} {point.day.year}",
        name[:3],
        x,
        point.active,
        point.moving,
        agreements_url(user, **filters),
        agreements_url(user, **filters, evidence=Evidence.MOVING),
    )


def line_of(name: str, figures: list[tuple[int, int]], top: int) -> Line:
    points = [(x, height(figure, top)) for x, figure in figures]
    words = f"{name} {format_number(figures[-1][1])}"
    return Line(name, words, " ".join(f"{x},{y}" for x, y in points), points[-1][1] + 4)


def height(figure: int, top: int) -> int:
    """How far from the upper edge a figure stands."""
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * figure // top


def round_up(figure: int) -> int:
    """An even figure of one or two digits and zeros, at or above this one."""
    step = 10 ** max(len(str(figure)) - 2, 0) * 2
    return max(-(-figure // step), 1) * step


def finding_of(points: list[Point]) -> str:
    """Whether it grows, and whether what grows also moves."""
    first, last = points[0], points[-1]
    change = last.active - first.active
    if not (first.active or last.active):
        return "Belum ada perjanjian aktif pada dua belas akhir bulan terakhir."
    words = "tidak berubah"
    if change:
        words = f"{'bertambah' if change > 0 else 'berkurang'} {format_number(abs(change))}"
    share = format_percent(last.moving / last.active) if last.active else "0%"
    was = format_percent(first.moving / first.active) if first.active else "0%"
    return (
        f"Sejak {format_date(first.day)} perjanjian aktif {words}, menjadi"
        f" {format_number(last.active)} per {format_date(last.day)}; yang berjalan {share},"
        f" semula {was}."
    )
