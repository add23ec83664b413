echo x >file
"$KALAUZ_QUERY" file word
