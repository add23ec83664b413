"$KALAUZ_QUERY" --analyze cy "Mae'r llifogydd yn y dyffryn"
