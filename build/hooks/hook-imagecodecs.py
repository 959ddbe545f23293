"""Replaces the contributed hook, which collects all of imagecodecs: 79 MB, of which TIFF files need nine.

imagecodecs imports a codec when it is first asked for; what is missing is refused by its name
(`storage.formats.tiff_reader`).
Deflate is there in zlib's way and in libdeflate's. tifffile prefers the latter, which writes other bytes: that one is
taken, so that label images are the same from the source and from the folder.
"""

hiddenimports = [
    "imagecodecs._deflate",
    "imagecodecs._imcd",  # LZW, PackBits, predictors, packed bits
    "imagecodecs._jpeg8",
    "imagecodecs._lzma",
    "imagecodecs._shared",
    "imagecodecs._shared_cython",
    "imagecodecs._zstd",
    "imagecodecs.imagecodecs",
]
