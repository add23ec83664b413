# Each answer is there before the next question is asked.
mkfifo questions answers
"$KALAUZ_QUERY" --batch - --json -n 0 "$SMALL" <questions >answers &
exec 3>questions 4<answers
for word in afon chair afon; do
	echo "$word" >&3
	read -r answer <&4
	echo "$answer" | cut -c1-45
done
exec 3>&-
wait $!
