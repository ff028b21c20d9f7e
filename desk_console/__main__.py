"""`python -m desk_console` is the program."""

from desk_console.cli.start import main

if __name__ == "__main__":
    main()
