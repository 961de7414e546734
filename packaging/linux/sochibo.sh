#!/bin/sh
# Isolated: neither variables nor libraries of the system's own Python reach the program.
exec /usr/lib/so-chi-bo/bin/python3.11 -X utf8 -I -S -B -m sochibo "$@"
