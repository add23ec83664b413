/* furniture_labels.c -- short lines that announce what is not the text:
 * comments, other stories, a question of consent. Data, and the comparison.
 *
 * That some words end the text of a page ("Comments", "Add your comment") is
 * in the boilerpipe library of Kohlschütter (2010); the lines are ours. All are
 * compared without case and accents, digits as #:
 *
 *     "12 Comments:"      => "# comments"
 *     "Kapcsolódó cikkek" => "kapcsolodo cikkek" */
#include "indexer/furniture.h"

#include <string.h>

#include "indexer/patterns.h"
#include "text/text.h"

enum {
	LABEL_MOST = 64,      /* Bytes; a longer line is none of these. */
	INVITATION_MOST = 512 /* And this long for an invitation. */
};

/* With a star: how the line begins. */
static const char *const comments[] = { "comments", "comment", "# comment",
	"# comments*", "comments #", "comments (#)", "# responses*",
	"responses", "# thoughts on*", "one thought on*", "one response to*",
	"leave a comment*", "leave a reply*", "leave a response*",
	"leave your comment*", "post a comment*", "add a comment",
	"add your comment*", "add comment", "reader comments*", "all comments*",
	"latest comments*", "top comments*", "user comments*",
	"visitor opinions*", "reader opinions*", "add your opinion*",
	"have your say*", "readers' comments", "reader interactions",
	"view comments*", "show comments*", "join the conversation*",
	"join the discussion*", "your comments", "hozzaszolasok*",
	"# hozzaszolas*", "szoljon hozza*", "szolj hozza*", "kommentek*",
	"# komment*", "comentarii*", "# comentarii*",
	"comentariile cititorilor", "lasa un comentariu*",
	"adauga un comentariu*", "lasa un raspuns*", "comentaris*",
	"# comentaris*", "deixa un comentari*", "deixeu un comentari*",
	"afegeix un comentari*", "feu un comentari*", "comentarios*",
	"# comentarios*", "deixe um comentario*", "deixe o seu comentario*",
	"deixe seu comentario*", "deja un comentario*", "deja una respuesta*",
	"sylwadau*", "# sylw*", "gadael sylw*", "gadewch sylw*",
	"gadael ymateb*", "commenti*", "# commenti*", "i commenti*",
	"lascia un commento*", "invia un commento*", "commentaires*",
	"# commentaires*", "laisser un commentaire*", "kommentare*",
	"# kommentare*", NULL };

static const char *const related[] = { "related", "related articles*",
	"related stories*", "related posts*", "related content*",
	"related news*", "related coverage*", "related links*",
	"related topics*", "related reading", "related items", "read next",
	"what to read next", "up next*", "next up*", "next story",
	"previous story", "you may also like*", "you might also like*",
	"you may like*", "also", "also on*", "also read*", "read also*",
	"more from*", "more on this*", "more on:*", "more like this*",
	"more stories*", "more news*", "more articles*", "more posts*",
	"most read*", "most popular*", "most viewed*", "most shared*",
	"popular posts*", "popular now*", "popular stories*",
	"popular articles", "trending*", "recommended stories*",
	"recommended articles*", "recommended posts*", "recommended videos*",
	"recommended for you*", "latest news*", "latest stories*",
	"latest posts*", "latest articles*", "recent posts*",
	"recent articles*", "recent stories*", "top stories*", "top news",
	"from around the web*", "around the web*", "from the web*",
	"sponsored stories*", "promoted stories*", "promoted content*",
	"sponsored content*", "editor's picks*", "editors' picks*",
	"don't miss*", "in this storystream*", "share this*", "read more*",
	"more in the*", "keep reading*", "other stories*", "kapcsolodo*",
	"ajanlo", "ajanlott cikkek*", "ajanlott hirek*", "ajanlott tartalom*",
	"ajanljuk*", "legolvasottabb*", "legfrissebb*", "legnepszerubb*",
	"tovabbi cikkek*", "tovabbi hirek*", "olvassa el*", "olvasd el*",
	"ez is erdekelhet*", "ezek is erdekelhet*", "hasonlo cikkek*",
	"korabbi cikkek*", "articole similare*", "articole asemanatoare*",
	"articole recente*", "articole recomandate*", "cele mai citite*",
	"citeste si*", "citeste mai mult*", "vezi si*", "stiri similare*",
	"te-ar putea interesa*", "articoli correlati*", "leggi anche*",
	"potrebbe interessarti*", "potrebbero interessarti*",
	"ti potrebbe interessare*", "i piu letti*", "piu letti*",
	"ultime notizie*", "altri articoli*", "notizie correlate*",
	"articles relacionats*", "noticies relacionades*", "mes noticies*",
	"el mes llegit*", "els mes llegits*", "vegeu tambe*", "llegiu tambe*",
	"llegeix tambe*", "et pot interessar*", "tambe et pot interessar*",
	"artigos relacionados*", "noticias relacionadas*", "leia tambem*",
	"leia mais*", "ler mais*", "ler tambem*", "veja tambem*", "mais lidas*",
	"mais lidos*", "mais populares*", "ultimas noticias*", "mais noticias*",
	"pode interessar*", "articulos relacionados*", "te puede interesar*",
	"lo mas visto*", "lo mas leido*", "mas informacion*", "lea tambien*",
	"darllenwch hefyd*", "gweler hefyd*", "straeon eraill*",
	"newyddion eraill*", "straeon cysylltiedig*", "poblogaidd*",
	"a lire aussi*", "lire aussi*", "sur le meme sujet*", "les plus lus*",
	"articles similaires*", "mehr zum thema*", "verwandte artikel*",
	"lesen sie auch*", "auch interessant*", "das konnte sie*", NULL };

static const char *const author[] = { "about author", "about authors",
	"about the author*", "about this author", "about the writer*",
	"about the contributor*", "about our author*", "meet the author*",
	"a szerzorol*", "despre autor*", "sobre l'autor*", "sobre el autor*",
	"sobre o autor*", "sobre a autora*", "sull'autore", "l'autore",
	"informazioni sull'autore*", "am yr awdur*", "a propos de l'auteur*",
	"uber den autor*", NULL };

static const char *const consent[] = { "we value your privacy*",
	"your privacy*", "we use cookies*", "this site uses cookies*",
	"this website uses cookies*", "about cookies*", "cookie settings*",
	"cookie preferences*", "cookie policy", "cookie notice",
	"cookie consent*", "manage consent*", "privacy settings*",
	"privacy preference*", "privacy overview", "about your privacy",
	"sutik hasznalata*", "sutibeallitasok*", "cookie-k hasznalata*",
	"acest site foloseste cookie*", "politica de cookie*",
	"utilizam cookie*", "utilitzem galetes*", "usamos cookies*",
	"utilizamos cookies*", "rydym yn defnyddio cwcis*",
	"questo sito utilizza*", "informativa sui cookie*",
	"nous respectons votre vie privee*", NULL };

/* What heads a box with something to be had. */
static const char *const offers[] = { "subscribe to our*",
	"subscribe to continue*", "subscribe to read*", "subscribe to keep*",
	"subscribe for free*", "subscribe for full*", "sign up for our*",
	"sign up to our*", "sign up to receive*", "sign up to get*",
	"sign up to continue*", "sign up to read*", "sign in to continue*",
	"log in to continue*", "register to continue*", "to continue reading*",
	"continue reading with*", "already a subscriber*", "already a member*",
	"get unlimited access*", "get full access*", "unlock this*",
	"join our mailing list*", "join our newsletter*", "get our newsletter*",
	"get our latest*", "get the latest from our*", "stay in the loop*",
	"never miss a post*", "never miss a story*", "never miss an update*",
	"don't miss a post*", "don't miss an update*", "like what you read*",
	"like what you're reading*", "enjoyed this*", "did you enjoy this*",
	"support our journalism*", "start your free trial*",
	"start a free trial*", "start your trial*", "try it for free*",
	"request a demo*", "schedule a demo*", "book a demo*", "get a demo*",
	"see it in action*", "ready to see it*", "ready to get started*",
	"want to learn more*", "want to know more about our*", NULL };

/* Only with a colon before a link: "Watch: <a>the mill at work</a>". */
static const char *const pointers[] = { "see also", "read", "more", "watch",
	"watch also", "listen", "see", "see more", "story", "full story",
	"click here*", "sign up*", "tovabb", "kattints*", "reszletek", "video",
	"photos", "in pictures", "tags", "tag", "tagged", "topics", "topic",
	"cimkek", "etichete", "etiquetes", "etiquetas", "argomenti", "detalii",
	"guarda", "guarda anche", "vedi anche", "llegeix", "veja", "leia",
	"lire", "voir aussi", "lesen", NULL };

/* Where a site may be followed, and what a sentence begins with that asks
 * for it. */
static const char *const channels[] = { "newsletter", "hirlevel", "buletin",
	"butllet", "cylchlythyr", "boletim", "boletin", "facebook", "twitter",
	"instagram", "whatsapp", "telegram", NULL };

static const char *const joining[] = { "sign up*", "get our*", "join our*",
	"like us*", "like our*", "follow*", "iratkoz*", "feliratkoz*",
	"kovess*", "kerje*", "kerd*", "aboneaza*", "abonati*", "urmari*",
	"inscri*", "apunta*", "segueix*", "seguiu*", "subscr*", "assin*",
	"siga*", "iscriv*", "registra*", "seguici*", "seguite*", "tanysgrif*",
	"cofrestr*", "ymun*", "dilyn*", NULL };

/* What a line is, as bits of a number. */
enum {
	CONSENT = 1 << 0,
	COMMENTS = 1 << 1,
	RELATED = 1 << 2,
	POINTER = 1 << 3,
	JOINING = 1 << 4,
	AUTHOR = 1 << 5,
	OFFER = 1 << 6
};

#define LISTS(X)                                                               \
	X(consent, CONSENT) X(comments, COMMENTS) X(related, RELATED)          \
	X(author, AUTHOR) X(offers, OFFER) X(pointers, POINTER)                \
	X(joining, JOINING)
#define COUNT(list, meaning) +KZI_PATTERNS_IN(list)
#define ADD(list, meaning) kzi_patterns_add(&known, list, meaning);

_Static_assert(LISTS(COUNT) <= KZI_PATTERNS_MOST, "too many lines");

static const struct kzi_patterns *known_lines(void)
{
	static struct kzi_patterns known;

	if (!known.count) {
		LISTS(ADD)
	}
	return &known;
}

static int is_space(unsigned char c)
{
	return c <= ' ';
}

/* Digits to one #, spaces to one, signs at the ends left out. */
static void tidy(char *line)
{
	char *to = line, *at = line + strspn(line, " \t\r\n[(*>»›–-");

	for (; *at; at++) {
		char c = is_space((unsigned char)*at) ? ' '
			: *at >= '0' && *at <= '9'    ? '#'
						      : *at;

		if ((c == ' ' || c == '#') && to > line && to[-1] == c)
			continue;
		*to++ = c;
	}
	while (to > line && strchr(" .:!?>|-", to[-1]))
		to--;
	*to = '\0';
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a short line is, once it is folded. That costs more than to see that it
 * begins like none that is known. */
static uint32_t read_line(const char *text, size_t length)
{
	const struct kzi_patterns *known = known_lines();
	char line[LABEL_MOST + 1];

	while (length && is_space((unsigned char)*text)) {
		text++;
		length--;
	}
	while (length && is_space((unsigned char)text[length - 1]))
		length--;
	if (!length || length > LABEL_MOST)
		return 0;
	if (length > 1 && is_letter(text[0]) && is_letter(text[1]) &&
		!kzi_patterns_begin(known, text[0], text[1]))
		return 0;
	length = kzi_fold_text(line, LABEL_MOST, text, length);
	line[length] = '\0';
	tidy(line);
	return line[0] ? kzi_patterns_match(known, line) : 0;
}

enum kzi_label kzi_label_of(const char *text, size_t length)
{
	uint32_t is = read_line(text, length);

	return is & CONSENT	? KZI_LABEL_CONSENT
		: is & COMMENTS ? KZI_LABEL_COMMENTS
		: is & RELATED	? KZI_LABEL_RELATED
		: is & AUTHOR	? KZI_LABEL_AUTHOR
		: is & OFFER	? KZI_LABEL_OFFER
				: KZI_LABEL_NONE;
}

int kzi_is_pointer(const char *text, size_t length)
{
	uint32_t is = read_line(text, length);

	while (is && is_space((unsigned char)text[length - 1]))
		length--;
	return is & RELATED || (is & POINTER && text[length - 1] == ':');
}

/* 1 if a sentence of the text, with what is behind it, asks to join. */
static int asks_to_join(const char *text)
{
	while (*text) {
		if (kzi_patterns_match(known_lines(), text) & JOINING)
			return 1;
		text += strcspn(text, ".!?:");
		text += strspn(text, ".!?: ");
	}
	return 0;
}

int kzi_is_invitation(const char *text, size_t length)
{
	char line[INVITATION_MOST + 1];
	int i;

	if (length > INVITATION_MOST)
		return 0;
	length = kzi_fold_text(line, INVITATION_MOST, text, length);
	line[length] = '\0';
	tidy(line);
	for (i = 0; channels[i]; i++)
		if (strstr(line, channels[i]))
			return asks_to_join(line);
	return 0;
}
