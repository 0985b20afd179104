"""``python -m bordermap`` is the ``bordermap`` command."""

from bordermap.cli import main

if __name__ == "__main__":
    main()
