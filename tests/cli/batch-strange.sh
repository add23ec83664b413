# NUL, a byte that is no UTF-8, and a line of a megabyte.
{
	printf 'q1\tri\000ver\nq2\triver \377\n'
	head -c 1000000 /dev/zero | tr '\000' a
} | "$KALAUZ_QUERY" --batch - --json -n 0 "$SMALL" | cut -c1-80
