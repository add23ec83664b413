# A word may be told by its first letter alone.
. "$KIT"
query "$SMALL" 'd*'
query "$SMALL" 'title:c*'
