"""A laboratory's own cells: retraining the classifier and fine-tuning the segmenter on exported training sets."""
