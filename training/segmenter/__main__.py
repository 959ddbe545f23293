"""Train the compact SAM 2: ``python -m training.segmenter``; see `training.segmenter.fitting.trainer`."""

from training.segmenter.fitting.trainer import main

if __name__ == "__main__":
    main()
