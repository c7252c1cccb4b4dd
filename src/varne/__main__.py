"""`python -m varne`."""

from varne.cli import app

if __name__ == "__main__":
    app(prog_name="varne")
