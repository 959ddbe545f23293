"""Train the classifier: ``python -m training.classifier``; see `training.classifier.fitting`."""

from training.classifier.fitting import main

if __name__ == "__main__":
    main()
