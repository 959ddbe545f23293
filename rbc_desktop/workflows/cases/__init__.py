"""Opening, saving and listing cases, and bringing their images into memory."""
