#!/bin/sh
# killed.sh -- tests/crash/kill.sh with few kills, few runs and little text, as
# a part of make check; make crash has them all.
N=2 RUNS=4 LINES_MANY=3000 PARTS=23 exec "$(dirname "$0")/crash/kill.sh"
