# kalauz-bench.fish -- fish completes kalauz-bench.
complete -c kalauz-bench -l seconds -x -d 'measure for N seconds (5)'
complete -c kalauz-bench -l warmup -x \
	-d 'before that, warm up for N seconds (2)'
complete -c kalauz-bench -l rate -x \
	-d 'N searches a second, timed from when they should begin'
complete -c kalauz-bench -l threads -x -d 'N threads with a handle each (1)'
complete -c kalauz-bench -l limit -x -d 'ask for N hits (10)'
complete -c kalauz-bench -l processor-time \
	-d 'count the thread\'s own time, for a busy machine'
complete -c kalauz-bench -l told -d 'ask only for the language of the query'
complete -c kalauz-bench -l starts -x \
	-d 'start kalauz-query N times, warm and cold (10)'
complete -c kalauz-bench -l program -rF \
	-d 'that kalauz-query (the one beside this program)'
complete -c kalauz-bench -l json -rF -d 'write the report with all samples'
complete -c kalauz-bench -l plot -rF -d 'draw the latencies'
complete -c kalauz-bench -l compare -d 'tell whether NEW is slower than OLD'
complete -c kalauz-bench -l any-results \
	-d 'compare reports even if their results differ'
complete -c kalauz-bench -l qrels -rF \
	-d 'judge the answers instead of timing them'
complete -c kalauz-bench -l against -rF \
	-d 'with --qrels: compare with a TREC run, or with another index'
complete -c kalauz-bench -l run-file -rF -d 'with --qrels: write a TREC run'
complete -c kalauz-bench -l version -d 'show the version'
complete -c kalauz-bench -l help -s h -d 'show this help'
