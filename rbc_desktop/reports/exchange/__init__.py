"""What other programs read: FHIR, HL7, DICOM, COCO, GeoJSON, crops, training sets."""
