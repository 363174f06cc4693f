"""Paints streets onto a grid of square cells, each with the level of the street nearest to it, and
walks round what was painted. Cells are numbered row by row from the south-west; EMPTY ones are near
no street.
"""

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.roads.jit import jit

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Levels = NDArray[np.uint8]

EMPTY = 255


@jit
def paint(
    road: Ints, from_m: Floats, to_m: Floats, level: Levels,
    point_start: Ints, point_m: Floats, x: Floats, y: Floats,
    width: float, columns: int, near: NDArray[np.float32], cells: Levels,
) -> None:  # fmt: skip
    """Paint pieces of road. `x`, `y` (of every point of every road) and `width` are in cells, from
    the outer corner of the first; `near` holds the squared distance of what is painted already.
    """
    rows = len(cells) // columns
    for piece in range(len(road)):
        for point in range(point_start[road[piece]], point_start[road[piece] + 1] - 1):
            length = point_m[point + 1] - point_m[point]
            low, high = max(from_m[piece], point_m[point]), min(to_m[piece], point_m[point + 1])
            if high < low or length <= 0.0:
                continue
            along_x, along_y = x[point + 1] - x[point], y[point + 1] - y[point]
            begin, end = (low - point_m[point]) / length, (high - point_m[point]) / length
            # In short parts, so that the box about a long slanting one does not hold half a city.
            span = max(abs(along_x), abs(along_y)) * (end - begin)
            parts = max(1, int(span / (2 * width)))
            for part in range(parts):
                first = begin + (end - begin) * part / parts
                last = begin + (end - begin) * (part + 1) / parts
                _paint_line(
                    x[point] + along_x * first, y[point] + along_y * first,
                    x[point] + along_x * last, y[point] + along_y * last,
                    level[piece], width, columns, rows, near, cells,
                )  # fmt: skip


@jit
def _paint_line(
    x1: float, y1: float, x2: float, y2: float, level: int,
    width: float, columns: int, rows: int, near: NDArray[np.float32], cells: Levels,
) -> None:  # fmt: skip
    dx, dy = x2 - x1, y2 - y1
    square = dx * dx + dy * dy
    left, right = max(0, int(min(x1, x2) - width)), min(columns - 1, int(max(x1, x2) + width))
    for row in range(max(0, int(min(y1, y2) - width)), min(rows - 1, int(max(y1, y2) + width)) + 1):
        for column in range(left, right + 1):
            px, py = column + 0.5 - x1, row + 0.5 - y1
            share = 0.0
            if square > 0.0:
                share = min(1.0, max(0.0, (px * dx + py * dy) / square))
            away = np.float32((px - share * dx) ** 2 + (py - share * dy) ** 2)
            if away > width * width:
                continue
            cell = row * columns + column
            # Two streets as near as each other: the worse served one shows.
            if away < near[cell] or (away == near[cell] and level < cells[cell]):
                near[cell], cells[cell] = away, level


@jit
def fill(cells: Levels, columns: int, most: int) -> None:
    """Give empty parts of at most so many cells that streets enclose the worst level round them."""
    rows = len(cells) // columns
    seen = np.zeros(len(cells), dtype=np.uint8)
    inside = np.empty(len(cells), dtype=np.int32)
    for first in range(len(cells)):
        if cells[first] != EMPTY or seen[first]:
            continue
        seen[first] = 1
        inside[0] = first
        done, size, open_, worst = 0, 1, False, EMPTY
        while done < size:
            cell = inside[done]
            done += 1
            row, column = cell // columns, cell % columns
            for side in range(4):
                other_row, other_column = row + _DOWN[side], column + _ALONG[side]
                if not (0 <= other_row < rows and 0 <= other_column < columns):
                    open_ = True
                    continue
                other = other_row * columns + other_column
                if cells[other] != EMPTY:
                    worst = min(worst, cells[other])
                elif not seen[other]:
                    seen[other] = 1
                    inside[size] = other
                    size += 1
        if not open_ and size <= most:
            for number in range(size):
                cells[inside[number]] = worst


# The sides of a cell, walked round with the cell on the left: south, east, north, west.
_ALONG = np.array([0, 1, 0, -1])
_DOWN = np.array([-1, 0, 1, 0])


@jit
def _is(cells: Levels, columns: int, rows: int, row: int, column: int, level: int) -> bool:
    return 0 <= row < rows and 0 <= column < columns and cells[row * columns + column] == level


@jit
def parts_of(cells: Levels, columns: int, level: int, part: Ints) -> int:
    """Number the connected parts of one level in `part` (-1 before); how many."""
    rows = len(cells) // columns
    waiting = np.empty(len(cells), dtype=np.int32)
    count = 0
    for first in range(len(cells)):
        if cells[first] != level or part[first] >= 0:
            continue
        part[first] = count
        waiting[0] = first
        size = 1
        while size > 0:
            size -= 1
            cell = waiting[size]
            row, column = cell // columns, cell % columns
            for side in range(4):
                other_row, other_column = row + _DOWN[side], column + _ALONG[side]
                if _is(cells, columns, rows, other_row, other_column, level):
                    other = other_row * columns + other_column
                    if part[other] < 0:
                        part[other] = count
                        waiting[size] = other
                        size += 1
        count += 1
    return count


@jit
def rings_of(
    cells: Levels, columns: int, level: int, part: Ints
) -> tuple[Floats, Floats, Ints, Ints]:
    """(x, y, where each ring begins and the last ends, the part each ring bounds).

    A ring runs through the middles of the sides it walks along; its part lies on its left.
    """
    rows = len(cells) // columns
    sides = 0
    for cell in range(len(cells)):
        if cells[cell] == level:
            row, column = cell // columns, cell % columns
            for side in range(4):
                near_row, near_column = row + _DOWN[side], column + _ALONG[side]
                sides += not _is(cells, columns, rows, near_row, near_column, level)
    x, y = np.empty(sides), np.empty(sides)
    starts, whose = np.empty(sides + 1, np.int32), np.empty(sides, np.int32)
    walked = np.zeros(len(cells), dtype=np.uint8)
    size = rings = 0
    for cell in range(len(cells)):
        if cells[cell] != level:
            continue
        for begin in range(4):
            row, column, side = cell // columns, cell % columns, begin
            near_row, near_column = row + _DOWN[side], column + _ALONG[side]
            if walked[cell] >> side & 1 or _is(cells, columns, rows, near_row, near_column, level):
                continue
            starts[rings], whose[rings] = size, part[cell]
            rings += 1
            while not walked[row * columns + column] >> side & 1:
                walked[row * columns + column] |= np.uint8(1 << side)
                x[size] = column + 0.5 + 0.5 * _ALONG[side]
                y[size] = row + 0.5 + 0.5 * _DOWN[side]
                size += 1
                turn = (side + 1) % 4
                there_row, there_column = row + _DOWN[turn], column + _ALONG[turn]
                if not _is(cells, columns, rows, there_row, there_column, level):
                    side = turn
                    continue
                row, column = there_row, there_column
                there_row, there_column = row + _DOWN[side], column + _ALONG[side]
                if _is(cells, columns, rows, there_row, there_column, level):
                    row, column, side = there_row, there_column, (side + 3) % 4
    starts[rings] = size
    return x, y, starts[: rings + 1], whose[:rings]
