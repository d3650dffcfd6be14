"""``python -m staffing.cli``."""

from staffing.cli.entry import main

if __name__ == "__main__":
    main()
