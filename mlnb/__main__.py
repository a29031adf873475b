"""`python -m mlnb` is the command `mlnb`."""

from mlnb.cli.main import main

if __name__ == "__main__":
    main()
