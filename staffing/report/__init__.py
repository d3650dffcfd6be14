"""Figures and the one self-contained HTML file."""
