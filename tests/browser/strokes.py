"""Ten digits as a hand would draw them with a mouse: strokes over a sheet of 280 x 280, and the mouse that draws them."""

from math import cos, pi, sin

from playwright.sync_api import Page, expect

Stroke = list[tuple[float, float]]


def arc(x: float, y: float, rx: float, ry: float, begin: float, end: float) -> Stroke:
    """Part of an ellipse; angles in turns, 0 at three o'clock, clockwise on the screen."""
    turns = [begin + (end - begin) * i / 12 for i in range(13)]
    return [(x + rx * cos(2 * pi * turn), y + ry * sin(2 * pi * turn)) for turn in turns]


DIGITS: dict[int, list[Stroke]] = {
    0: [arc(140, 140, 55, 85, -0.25, 0.77)],
    1: [[(150, 55), (135, 225)]],
    2: [[*arc(140, 105, 50, 45, -0.48, 0.1), (95, 215)], [(95, 215), (195, 212)]],
    3: [arc(130, 98, 50, 40, -0.42, 0.22), arc(130, 180, 55, 42, -0.22, 0.42)],
    4: [[(105, 60), (90, 150), (190, 145)], [(180, 65), (165, 230)]],
    5: [[(185, 60), (110, 62), (105, 125)], [(105, 125), *arc(130, 170, 55, 48, -0.2, 0.4)]],
    6: [[(165, 50), (115, 120), *arc(140, 175, 45, 45, 0.5, 1.5)]],
    7: [[(85, 65), (195, 65), (130, 225)]],
    8: [[*arc(140, 98, 40, 38, 0.25, 1.25)], [*arc(140, 180, 48, 45, -0.25, 0.75)]],
    9: [[*arc(140, 105, 42, 42, 0.0, 1.0), (182, 105), (165, 225)]],
}


def draw(page: Page, strokes: list[Stroke]) -> None:
    """Draw with the mouse on the page's canvas, once that has come to rest."""
    expect(page.locator(".st-key-train")).to_have_count(0)  # what is left of another page pushes it about
    canvas = page.locator(".st-key-canvas canvas").last
    canvas.click(trial=True)  # waits until it no longer moves
    box = canvas.bounding_box()
    assert box
    for stroke in strokes:
        (x, y), *rest = stroke
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        for x, y in rest:
            page.mouse.move(box["x"] + x, box["y"] + y, steps=2)
        page.mouse.up()
