"""The quality of a field on which everything can be told."""

from rbc_desktop.domain.fields.field_quality import FieldQuality

GOOD = FieldQuality(
    cell_px=39.0, edge_share=0.06, pallor_share=0.8, overlap_share=0.1, square_share=0.0, hue_degrees=5.0, level=0.25,
    clipped_share=0.0, evenness=0.95, cells=60,
)  # fmt: skip
