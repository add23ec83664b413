# Of two things to do none is done in silence.
"$KALAUZ_INDEX" --dump --check index
echo "exit $?"
"$KALAUZ_INDEX" --compact one --check index
echo "exit $?"
"$KALAUZ_INDEX" -h | head -n 1
