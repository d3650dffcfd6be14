"""Follow-the-sun workforce scheduling: cases to forecast to requirement to an audited weekly schedule."""

__version__ = "0.1.0"
