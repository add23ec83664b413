# kalauz-query.fish -- fish completes kalauz-query.
complete -c kalauz-query -l limit -s n -x -d 'show at most N hits (10)'
complete -c kalauz-query -l offset -x -d 'skip the first N hits'
complete -c kalauz-query -l per-document -x \
	-d 'at most N hits of a document (3; 0: no limit)'
complete -c kalauz-query -l lang -xa 'ca cy en hu it pt ro' \
	-d 'only passages in these languages'
complete -c kalauz-query -l kind -xa 'guide story material' \
	-d 'only guide, story or material'
complete -c kalauz-query -l place \
	-xa 'catalonia evora hungary italy romania wales' \
	-d 'only these places: wales,hungary'
complete -c kalauz-query -l any -d 'some word must occur (the default)'
complete -c kalauz-query -l all -d 'every word must occur'
complete -c kalauz-query -l across -d 'also find passages in other languages'
complete -c kalauz-query -l copies -d 'show a text as often as it is there'
complete -c kalauz-query -l glossary -rF -d 'word table for --across'
complete -c kalauz-query -l related -x -d 'passages like the one with this id'
complete -c kalauz-query -l batch -rF \
	-d 'answer each line ([qid<TAB>]query); -: stdin'
complete -c kalauz-query -l format -xa 'text json jsonl trec tsv' \
	-d 'text, json, jsonl (a line a hit), trec or tsv'
complete -c kalauz-query -l json -d 'the same as --format json'
complete -c kalauz-query -l run -x -d 'the last column of trec (kalauz)'
complete -c kalauz-query -l color -xa 'auto always never' \
	-d 'auto, always or never'
complete -c kalauz-query -l no-color -d 'the same as --color never'
complete -c kalauz-query -l no-suggest \
	-d 'suggest no other spelling, and try none'
complete -c kalauz-query -l facets \
	-d 'count by language, kind and place (text, json)'
complete -c kalauz-query -l explain \
	-d 'tell how the query was read (text, json)'
complete -c kalauz-query -l analyze -xa 'ca cy en hu it pt ro' \
	-d 'show the tokens of TEXT in a language'
complete -c kalauz-query -l stem -xa 'ca cy en hu it pt ro' \
	-d 'write the stems of each word on stdin, a line each'
complete -c kalauz-query -l version -d 'show the version'
complete -c kalauz-query -l help -s h -d 'show this help'
