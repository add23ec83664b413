/* furniture_words.c -- what class names and ids say. Data, and the search.
 *
 * A name is cut into words at anything that is no letter, and before capitals
 * inside: "post-navMenu2" is "post", "nav", "menu". A word of the lists with a
 * star matches at the start of a word, "menu*" in "menubar". Besides the English of templates there are the words
 * that hand-made pages in our languages use. */
#include "indexer/furniture.h"

#include <string.h>

#include "base/hash.h"
#include "indexer/patterns.h"

enum { WORD = 40 /* Longest word looked at. */ };

/* Around the text of a page in most templates. */
static const char *const content_words[] = { "articlebody*", "articlecontent*",
	"articletext*", "entrycontent*", "postcontent*", "postbody*",
	"storybody*", "storycontent*", "maincontent*", "bodycontent*", "hentry",
	"pagecontent*", "storytext", "newstext", "blogpost*", "richtext", "rte",
	NULL };

/* Pairs of words that mean the same: a word of each in one name. */
static const char *const content_first[] = { "article*", "entry", "post",
	"story*", "page", "news*", "blog", "body", "main", "single", "field",
	"text", NULL };
static const char *const content_second[] = { "body*", "content*", "text*",
	"copy", "story", NULL };

static const char *const furniture_words[] = { "nav", "navi*", "navbar*",
	"subnav", "topnav", "sidenav", "navigation*", "menu*",
	"submenu*", "dropdown*", "sidebar*", "sidecol*",
	"rightrail", "rightcol*", "leftcol*", "rightbar", "morenews*",
	"morestories*", "sidebox*", "recentposts*", "latestnews*", "subscrip*",
	"suscri*", "feliratkoz*", "tanysgrif*", "assinatur*", "footer*",
	"colophon", "bottombar", "breadcrumb*", "crumb*",
	"social*", "addthis*", "addtoany*", "shariff", "sociable", "tweet*",
	"facebook*", "whatsapp",
	"pinterest", "related*", "recommend*", "recirc*", "mostread*",
	"mostpopular*", "alsolike", "readnext", "upnext", "upsell*",
	"interstitial*",
	"morefrom", "yarpp*", "taglist*", "tagcloud*", "postmetadata", "login*",
	"signin*", "signup*", "newsletter*", "subscribe", "subscription*",
	"subscribebox*", "subscribeform*", "iscriviti", "advert*", "adsense*",
	"adslot*", "outbrain*", "taboola*", "revcontent*", "zergnet*",
	"dianomi*", "connatix*", "printonly*", "printsummary*", "printfooter*",
	"topbar*", "masthead*", "pagination*", "pager*", "paginat*",
	"pagenav*", "printfriendly*",
	"langswitch*", "languageswitch*", "langmenu*", "translations",
	"copyright*", "offscreen", "editsection", "navbox*", "catlinks",
	"authorbox*", "authorbio*", "aboutauthor*", "bio", "cta",
	 "followus*", "invisible", "visuallyhidden", "browsehappy",
	"browserupgrade", "chromeframe",
	/* In our languages, Spanish and French too. */
	"briciol*", "piede*", "testata", "condividi*", "strument*", "correlat*",
	"iscri*", "cerca", "peu", "capcalera*", "compartir*", "galet*",
	"relacionad*", "butllet*", "cercador*", "rodape*", "cabecalho*",
	"migalha*", "partilh*", "compartilh*", "barralateral", "busca",
	"pesquisa", "subsol*", "meniu*", "antet*", "partaj*", "distribui*",
	"cautare*", "lablec*", "fejlec*", "oldalsav*", "megoszt*",
	"kapcsolodo*", "kereses", "kereso*", "morzsa*", "hirlevel*", "troedyn",
	"dewislen*", "rhannu*", "chwilio", "pie", "migas", "partage*",
	"recherche*", NULL };

static const char *const furniture_endings[] = { "menu", "sidebar", "footer",
	"crumbs", NULL };

/* Pairs that only together are furniture: "about-author", "most-read". */
static const char *const furniture_pairs[][2] = { { "about", "author" },
	{ "most", "recent" },
	{ "top", "news" }, { "also", "read" }, { "must", "read" },
	{ "latest", "stories" }, { "latest", "articles" },
	{ "other", "stories" }, { "other", "news" }, { "you", "might" },
	{ "next", "article" }, { "next", "story" }, { "prev", "article" },
	{ "previous", "article" }, { "follow", "us" },
	{ "author", "bio" }, { "author", "box" }, { "author", "info" },
	{ "article", "info" }, { "article", "tools" }, { "article", "meta" },
	{ "post", "info" }, { "post", "nav" }, { "post", "footer" },
	{ "article", "footer" }, { "entry", "footer" },
	{ "most", "read" }, { "most", "popular" }, { "most", "viewed" },
	{ "read", "next" }, { "read", "also" },
	{ "more", "stories" }, { "more", "from" }, { "more", "news" },
	{ "more", "articles" }, { "also", "like" }, { "you", "may" },
	{ "see", "also" }, { "up", "next" }, { "post", "tags" },
	{ "tag", "list" }, { "tag", "links" }, { "tag", "cloud" },
	{ "entry", "tags" }, { "article", "tags" }, { "cat", "links" },
	{ "prev", "next" }, { "next", "prev" }, { "previous", "post" },
	{ "next", "post" }, { "lang", "switch*" }, { "language", "switch*" },
	{ "lang", "select*" }, { "language", "select*" }, { "sign", "up" },
	{ "sign", "in" }, { "log", "in" }, { "back", "top" },
	{ "to", "top" }, { "sr", "only" }, { "visually", "hidden" },
	{ "screen", "reader" }, { "no", "print" }, { "site", "header" },
	{ "page", "top" }, { "top", "stories" }, { "latest", "news" },
	{ "latest", "posts" }, { "recent", "posts" }, { "print", "page" },
	{ "email", "friend" }, { "right", "column" }, { "right", "rail" },
	{ "right", "bar" }, { "right", "col" },
	{ "off", "screen" },
	{ "side", "bar" }, { "side", "column" }, { "left", "nav" },
	{ "print", "only" }, { "print", "summary" }, { "print", "header" },
	{ "print", "footer" }, { "visible", "print" }, { "show", "print" },
	{ "user", "review*" }, { "customer", "review*" },
	{ "reader", "review*" }, { "recipe", "review*" },
	{ "in", "brief" }, { "photo", "credit" }, { "image", "credit" },
	{ "call", "action" }, { "qc", "cmp" }, { "ie", "only" },
	{ NULL, NULL } };

/* Of these a page may have many that are text: an element that reads like it
 * is none of the furniture that they otherwise name. */
static const char *const maybe_words[] = { "widget*", "promo*", "banner*", "ad",
	"ads", "popup*", "overlay*", "lightbox*", "search*", "register",
	"registration*", "tags", "rating*", "counter*", "poll*", "quiz*", "toc",
	"follow", "rss", "toolbar*", "noprint", "donate*", "donation*",
	"popular*", "trending*", "skip*", "sponsor*", "rail", "readmore",
	"hidden",
	NULL };

/* What is around a text that asks to be shared is the text. */
static const char *const share_words[] = { "share*", "sharing", NULL };

/* What a box looks like, which may be a text. */
static const char *const look_words[] = { "buttons", "btn*", NULL };

/* "read-more" is a link to the rest, or the rest itself. */
static const char *const maybe_pairs[][2] = { { "read", "more" },
	{ NULL, NULL } };

/* What visitors are asked before they may read. */
static const char *const consent_words[] = { "modal*", "cookie*", "gdpr",
	"consent*", "onetrust*", "suti*", "cwcis", "cmpbox*", "truste",
	"trustarc*", "evidon*", "didomi*", "quantcast", "cookiebot*", NULL };

static const char *const comments_words[] = { "comment", "comments*",
	"commentlist*", "commentform*", "commentarea", "commentbox*", "disqus*",
	"respond", "replies", "reactions", "trackback*", "pingback*",
	"livefyre*", "spotim*", "spcv", "viafoura*", "intensedebate*",
	"hyvor*", "commenti", "comentari*", "comentario*", "hozzaszolas*",
	"sylwadau", "kommentek", "fbcomments", "usercomments", NULL };

static const char *const meta_words[] = { "meta*", "byline*", "posted*",
	"date*", "timestamp*", "time", "published*", "dateline",
	"pubdate", "postmeta*", "entrymeta", "categor*", "kicker", "eyebrow",
	"reading", "views", "credit", "credits", "updated", "slideshow*",
	NULL };

/* Who wrote it, and what else there is to say of them. */
static const char *const author_words[] = { "author*", "postauthor*",
	"articleauthor*", "contributor*", "writer*", "autor*", "autore",
	"autori", "szerzo*", "awdur*", NULL };

/* Something to watch; beside it stands what it is. */
static const char *const media_words[] = { "video*", "player*", "cnnplayer",
	"vidplayer", NULL };

/* Pictures to leaf through, and what is to be seen on them. A slide show may
 * be the text. */
static const char *const gallery_words[] = { "gallery*", "galleries",
	"photogallery*", "imagegallery*", "galeri*", "kepgaleria*",
	"fotogalleria*", "diaporama*", "oriel", NULL };

/* Page builders that call every piece of content a widget. */
static const char *const builders[] = { "elementor", "siteorigin", "wsite*",
	"panel*", "et", "fl", "wixui", NULL };

/* "no-footer" and "has-comments" name what is around the footer or above the
 * comments; "no-comments" is the line which says that there are none. */
static const char *const lacks_words[] = { "no", "without", NULL };
static const char *const holds_words[] = { "has", "with", NULL };

/* What the lists say of a word, as bits of a number. */
enum {
	FURNITURE = 1 << 0,
	MAYBE = 1 << 1,
	APART = 1 << 2,
	META = 1 << 3,
	AUTHOR = 1 << 4,
	MEDIA = 1 << 5,
	GALLERY = 1 << 6,
	BUILDER = 1 << 7,
	CONTENT = 1 << 8,
	CONTENT_FIRST = 1 << 9,
	CONTENT_SECOND = 1 << 10,
	SHARE = 1 << 11,
	LACKS = 1 << 12,
	HOLDS = 1 << 13,
	PAIRED = 1 << 14, /* The second of a pair. */
	TEXT = 1 << 15,   /* Of a name: it is the text, and nothing else. */
	LOOK = 1 << 16
};

#define LISTS(X)                                                               \
	X(furniture_words, FURNITURE) X(maybe_words, MAYBE)                    \
	X(comments_words, APART) X(consent_words, APART) X(meta_words, META)   \
	X(author_words, AUTHOR) X(media_words, MEDIA)                          \
	X(gallery_words, GALLERY) X(builders, BUILDER)                         \
	X(content_words, CONTENT) X(content_first, CONTENT_FIRST)              \
	X(content_second, CONTENT_SECOND) X(share_words, SHARE)                \
	X(lacks_words, LACKS) X(holds_words, HOLDS) X(look_words, LOOK)
#define COUNT(list, meaning) +KZI_PATTERNS_IN(list)
#define ADD(list, meaning) kzi_patterns_add(&known, list, meaning);

_Static_assert(LISTS(COUNT) + KZI_PATTERNS_IN(furniture_pairs) +
			KZI_PATTERNS_IN(maybe_pairs) <=
		KZI_PATTERNS_MOST,
	"too many words");

static void add_pairs(
	struct kzi_patterns *patterns, const char *const (*pairs)[2])
{
	for (; (*pairs)[1]; pairs++)
		kzi_patterns_add_one(patterns, (*pairs)[1], PAIRED);
}

static const struct kzi_patterns *known_words(void)
{
	static struct kzi_patterns known;

	if (!known.count) {
		LISTS(ADD)
		add_pairs(&known, furniture_pairs);
		add_pairs(&known, maybe_pairs);
	}
	return &known;
}

static int ends_in(const char *word, size_t length, const char *ending)
{
	size_t have = strlen(ending);

	return length >= have && !memcmp(word + length - have, ending, have);
}

/* The meanings of a word. */
static uint32_t meanings_of(const char *word, size_t length)
{
	uint32_t meanings = kzi_patterns_match(known_words(), word);
	int i;

	for (i = 0; furniture_endings[i]; i++)
		if (ends_in(word, length, furniture_endings[i]))
			meanings |= FURNITURE;
	return meanings;
}

static int is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static int is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A word of a name, in lower case. */
struct word {
	char text[WORD];
	size_t length;
};

/* The next word; where it ends, or NULL. */
static const char *next_word(const char *at, struct word *word)
{
	word->length = 0;
	while (*at && !is_lower(*at) && !is_upper(*at))
		at++;
	if (!*at)
		return NULL;
	do {
		if (word->length + 1 < WORD)
			word->text[word->length++] = is_upper(*at)
				? (char)(*at | 0x20)
				: *at;
		at++;
	} while (is_lower(*at) || (is_upper(*at) && is_upper(at[-1])));
	word->text[word->length] = '\0';
	return at;
}

/* What is known of a name, a word at a time; it is what stands between
 * spaces. */
struct reading {
	uint32_t said;    /* By its words and pairs. */
	uint32_t first;   /* A word such as "article" was among them ... */
	uint32_t without; /* ... or "no", or "has". */
	char before[WORD];
};

static int pair_matches(
	const char *const (*pairs)[2], const char *before, const char *word)
{
	for (; *before && (*pairs)[0]; pairs++)
		if (kzi_pattern_matches((*pairs)[0], before) &&
			kzi_pattern_matches((*pairs)[1], word))
			return 1;
	return 0;
}

static void read_word(struct reading *reading, const struct word *word)
{
	uint32_t in = meanings_of(word->text, word->length);
	uint32_t takes = in & (MAYBE | META | AUTHOR | MEDIA | GALLERY |
		BUILDER | CONTENT | LOOK);

	if (!reading->without)
		takes |= in & (FURNITURE | SHARE);
	if (in & PAIRED && pair_matches(furniture_pairs, reading->before,
				   word->text))
		takes |= FURNITURE;
	if (in & PAIRED &&
		pair_matches(maybe_pairs, reading->before, word->text))
		takes |= MAYBE;
	reading->without |= in & (LACKS | HOLDS);
	if (!(reading->without & HOLDS))
		takes |= in & APART;
	if (reading->first && in & CONTENT_SECOND)
		takes |= CONTENT;
	reading->first |= in & CONTENT_FIRST;
	reading->said |= takes;
	/* "about-the-author" is a box, "the-author" may be a chapter. */
	if (strcmp(word->text, "the") != 0)
		memcpy(reading->before, word->text, word->length + 1);
}

/* What the names say, one of them alone or several. That a name says it is the
 * text, and nothing else, is told by TEXT. */
static uint32_t read_names(const char *names)
{
	uint32_t said = 0;

	while (names && *names) {
		struct reading reading = { 0 };
		struct word word;

		do {
			names = next_word(names, &word);
			if (names)
				read_word(&reading, &word);
		} while (names && *names && *names != ' ');
		if ((reading.said & (CONTENT | FURNITURE | APART | SHARE |
					    MAYBE)) == CONTENT)
			said |= TEXT;
		said |= reading.said;
	}
	return said;
}

static enum kzi_name_hint hint_of(const char *id, const char *class)
{
	uint32_t said = read_names(id) | read_names(class);

	/* "article-body tone-comment" is an opinion, not opinions on it. */
	if (said & APART)
		return said & CONTENT ? KZI_HINT_FURNITURE : KZI_HINT_APART;
	if (said & FURNITURE)
		return said & TEXT ? KZI_HINT_MIXED : KZI_HINT_FURNITURE;
	if (said & LOOK)
		return KZI_HINT_MIXED;
	if (said & SHARE)
		return KZI_HINT_SHARE;
	if (said & MAYBE && !(said & BUILDER))
		return KZI_HINT_MAYBE;
	if (said & CONTENT)
		return KZI_HINT_CONTENT;
	if (said & GALLERY)
		return KZI_HINT_GALLERY;
	if (said & MEDIA)
		return KZI_HINT_MEDIA;
	if (said & AUTHOR)
		return KZI_HINT_AUTHOR;
	return said & META ? KZI_HINT_META : KZI_HINT_NONE;
}

static enum kzi_name_hint class_hint(
	struct kzi_hint_memo *memo, const char *class)
{
	size_t slot = kzi_hash_quick(class, strlen(class), 0) % KZI_HINT_MEMO;

	if (!memo->classes[slot] || strcmp(memo->classes[slot], class)) {
		memo->classes[slot] = class;
		memo->hints[slot] = hint_of(NULL, class);
	}
	return memo->hints[slot];
}

enum kzi_name_hint kzi_node_hint(struct kzi_hint_memo *memo,
	const struct kzi_node *node, int with_id)
{
	const char *id, *class, *itemprop;
	enum kzi_name_hint hint;

	if (!node->attributes)
		return KZI_HINT_NONE;
	id = with_id ? kzi_node_attribute(node, KZI_AT_ID) : NULL;
	class = kzi_node_attribute(node, KZI_AT_CLASS);
	hint = id || !class ? hint_of(id, class) : class_hint(memo, class);
	if (hint)
		return hint;
	itemprop = kzi_node_attribute(node, KZI_AT_ITEMPROP);
	return itemprop && !strcmp(itemprop, "author") ? KZI_HINT_AUTHOR
						       : KZI_HINT_NONE;
}
