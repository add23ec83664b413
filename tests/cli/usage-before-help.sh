"$KALAUZ_QUERY" --bogus --help
