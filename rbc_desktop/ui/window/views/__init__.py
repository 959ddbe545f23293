"""What is around the image or in its place: fields, slide, gallery, review, a second field."""
