"""Windows are cut alike one by one and all at once."""

import torch

from rbc_desktop.models.segmenter.prompt_window import Window


def test_windows_gathered_at_once_are_those_cut_one_by_one():
    maps = torch.randn(3, 5, 32, 32, generator=torch.Generator().manual_seed(1))
    window = Window(corner=torch.tensor([[0, 0], [64, 16], [32, 64], [48, 48]]), side=64)
    index = [2, 0, 1, 1]
    for stride in (4, 2):
        larger = torch.nn.functional.interpolate(maps, scale_factor=4 / stride)
        assert torch.equal(window._gathered(larger, index, stride=stride), window.cut(larger, index, stride=stride))


def test_gradients_of_both_ways_agree():
    window = Window(corner=torch.tensor([[0, 0], [16, 0], [16, 16]]), side=64)
    gradients = []
    for way in (window.cut, window._gathered):
        maps = torch.ones(2, 3, 24, 24, requires_grad=True)
        cut = way(maps, [0, 0, 1], stride=4)
        (cut * torch.arange(cut.numel()).reshape(cut.shape)).sum().backward()
        gradients.append(maps.grad)
    assert torch.equal(*gradients)
