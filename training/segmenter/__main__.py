"""Train the compact SAM 2: ``python -m training.segmenter``; see `training.segmenter.trainer`."""

from training.segmenter.trainer import main

if __name__ == "__main__":
    main()
