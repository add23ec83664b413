# What a terminal could take as a command does not reach it.
"$KALAUZ_QUERY" --format "$(printf 'a\033[31mb\303')" index word
