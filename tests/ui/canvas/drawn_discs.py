"""Pixels and masks to show on a canvas."""

import cv2
import numpy as np

from rbc_desktop.domain.cells.mask import CellMask
from rbc_desktop.domain.geometry import Point


def pixels(width=640, height=480):
    rgb = np.full((height, width, 3), (225, 215, 220), np.uint8)
    cv2.circle(rgb, (100, 100), 20, (190, 110, 130), -1)
    return rgb


def disc(x, y, radius=20):
    ys, xs = np.mgrid[0 : 2 * radius, 0 : 2 * radius]
    crop = (xs - radius + 0.5) ** 2 + (ys - radius + 0.5) ** 2 < radius**2
    return CellMask.from_array(crop, x0=x - radius, y0=y - radius)


def near(point, x, y, tolerance=1.0):
    return abs(point.x - x) <= tolerance and abs(point.y - y) <= tolerance


def grabbed(canvas, x, y):
    image = canvas.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    at = canvas.to_view(Point(x, y))
    return image.pixelColor(int(at.x() * ratio), int(at.y() * ratio)).getRgb()[:3]
