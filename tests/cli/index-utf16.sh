# UTF-16 is text, with its mark or without, either byte first.
. "$KIT"
mkdir d
for name in UTF-16LE UTF-16BE UTF-16; do
	echo 'A dűlő mellett őrzik a tűzifát.' | iconv -f UTF-8 -t $name >d/$name.txt
done
printf '<p>A chair of oak stands here.</p>' | iconv -t UTF-16LE >d/page.html
index i d
query --copies i tűzifa
query i chair
