"""The curated catalog: YAML files in, checked values out."""
