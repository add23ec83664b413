# kalauz.bash -- bash completes kalauz-index, kalauz-query and kalauz-bench.
# Options and their values; of QUERY and ID nothing can be known.

# Words of a list, or of the last part of one: "cy,e" => "cy,en".
_kalauz_words()
{
	local head=
	[[ $cur != *,* ]] || head=${cur%,*},
	mapfile -t COMPREPLY < <(compgen -P "$head" -W "$1" -- "${cur##*,}")
}

_kalauz_files()
{
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}

# The value of option $1; fails if it takes none.
_kalauz_value()
{
	case $1 in
	--lang | --analyze | --stem) _kalauz_words 'ca cy en hu it pt ro' ;;
	--kind) _kalauz_words 'guide story material' ;;
	--place)
		_kalauz_words 'catalonia evora hungary italy romania wales'
		;;
	--format) _kalauz_words 'text json jsonl trec tsv' ;;
	--color) _kalauz_words 'auto always never' ;;
	--progress) _kalauz_words 'auto always never json' ;;
	--batch | --compact | --glossary | --program | --plot | --qrels | --against | \
		--run-file)
		_kalauz_files
		;;
	-n | --limit | --offset | --per-document | --related | --run | \
		--jobs | --timeout | --commit | --seconds | --warmup | --rate | --threads | --starts)
		COMPREPLY=()
		;;
	--json) [[ $program == kalauz-bench ]] && _kalauz_files ;;
	*) return 1 ;;
	esac
}

_kalauz_options()
{
	case $program in
	kalauz-index)
		printf '%s ' --lang --jobs --timeout --commit --rebuild --keep --compact --dump \
			--dictionaries --no-installed \
			--check --progress --json -q --quiet -v --verbose --version \
			-h --help
		;;
	kalauz-query)
		printf '%s ' -n --limit --offset --per-document --lang --kind \
			--place --any --all --across --glossary --copies --related --batch --format \
			--json --run --color --no-color --no-suggest --facets \
			--explain --analyze --stem --version -h --help
		;;
	kalauz-bench)
		printf '%s ' --seconds --warmup --rate --threads --limit \
			--processor-time --told --starts --program --json \
			--plot --compare --any-results --qrels --against \
			--run-file --version -h --help
		;;
	esac
}

_kalauz()
{
	local program=${1##*/} cur=${COMP_WORDS[COMP_CWORD]}
	local option=${COMP_WORDS[COMP_CWORD - 1]}

	# "--format=js" comes as three words, "--format=" as two.
	if [[ $cur == = ]]; then
		cur=
	elif [[ $option == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	COMPREPLY=()
	_kalauz_value "$option" && return
	if [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(
			compgen -W "$(_kalauz_options)" -- "$cur")
	else
		_kalauz_files
	fi
}

complete -F _kalauz kalauz-index kalauz-query kalauz-bench
