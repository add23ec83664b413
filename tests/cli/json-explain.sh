# One key more, before the hits.
"$KALAUZ_QUERY" --json --explain -n 1 "$SMALL" floating |
	grep -c '"suggestion": null, "corrected": null, "explain": "query: .*", "hits": \['
