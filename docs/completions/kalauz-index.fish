# kalauz-index.fish -- fish completes kalauz-index.
complete -c kalauz-index -l lang -xa 'ca cy en hu it pt ro' \
	-d 'language of files that do not say and cannot be told'
complete -c kalauz-index -l jobs -x -d 'files read in parallel (the processors)'
complete -c kalauz-index -l timeout -x \
	-d 'give up a file that says nothing for so many seconds'
complete -c kalauz-index -l commit -x \
	-d 'commit every so many megabytes of text'
complete -c kalauz-index -l rebuild -d 'forget the old index and build anew'
complete -c kalauz-index -l keep -d 'do not remove what is gone from the PATHs'
complete -c kalauz-index -l compact -rF \
	-d 'write the index as one read-only file'
complete -c kalauz-index -l dictionaries -d 'make the word table for --across'
complete -c kalauz-index -l no-installed \
	-d 'no installed dictionaries in the word table'
complete -c kalauz-index -l dump \
	-d 'write passages as JSON lines; touch no index'
complete -c kalauz-index -l check -d 'verify an index; exit 3 if it is damaged'
complete -c kalauz-index -l progress -xa 'auto always never json' \
	-d 'auto, always, never or json'
complete -c kalauz-index -l json -d 'report as one JSON object on stdout'
complete -c kalauz-index -l quiet -s q -d 'no report'
complete -c kalauz-index -l verbose -s v -d 'a line for every file'
complete -c kalauz-index -l version -d 'show the version'
complete -c kalauz-index -l help -s h -d 'show this help'
