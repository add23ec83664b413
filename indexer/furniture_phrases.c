/* furniture_phrases.c -- short lines that are furniture wherever they stand:
 * "Share this", "Advertisement". Data, and the comparison. */
#include "indexer/furniture.h"

#include <string.h>
#include <strings.h>

#include "indexer/patterns.h"

enum {
	PHRASE_WORDS = 7,  /* Longest line that is looked at. */
	PHRASE_BYTES = 90,
	RIGHTS_BYTES = 500 /* Longest notice of rights. */
};

/* The whole line, in lower case where it is ASCII, signs at its end left out.
 * With a star: how it begins. */
static const char *const phrases[] = { "advertisement", "advertisment",
	"advertising", "sponsored", "sponsored content", "ad", "ads by google",
	"story continues below*", "article continues below*",
	"continue reading below*", "continue reading the main story",
	"bookmark and share", "share", "share this*", "share on *",
	"share with *", "share via *", "share the story", "tweet", "pin it",
	"tweet this", "like this", "like this:", "loading", "loading...",
	"print", "print this*", "print page", "printer friendly*",
	"email this*", "send to a friend", "back to top", "to top", "top",
	"skip to *", "read more", "read more:", "read more »", "more",
	"related", "related:", "related posts", "related articles",
	"related stories", "recommended", "you may also like*",
	"you might also like*", "leave a comment", "leave a reply",
	"post a comment", "comments", "no comments*", "comments are closed*",
	"add comment", "view comments", "show comments", "sign up*",
	"subscribe", "subscribe now", "subscribe to *", "log in", "login",
	"sign in", "register", "follow us*", "follow @*", "follow *on twitter",
	"photo gallery", "view gallery", "enlarge", "click to enlarge", "close",
	"menu", "search", "previous", "next", "previous post", "next post",
	"« previous", "next »", "filed under*", "tagged*", "tags", "tags:",
	"posted in*", "reply", "report abuse", "×", "all rights reserved*",
	"copyright ©*", "copyright (c)*", "copyright 19*", "copyright 20*",
	"© 19*", "© 20*", "(c) 19*", "(c) 20*", "©19*", "©20*",
	"copy link", "save", "toggle *", "hide caption", "image caption",
	"image copyright", "image", "enlarge this image", "enlarge image",
	"view image", "credit", "supported by", "scroll down*", "show more",
	"view more", "click here to *", "please enable javascript*",
	"watch live", "watch now", "live tv", "most read", "newsletter",
	"our standards*", "story continues", "promoted", "photo by *",
	"photos by *", "photograph by *", "photography by *", "photo: *",
	"photos: *", "image: *", "images: *", "image source*",
	"photograph courtesy*", "courtesy of *", "illustration by *",
	"last updated*", "last modified*", "photo credit*", "image credit*",
	"photo courtesy*", "image courtesy*", "(photo*", "(image*", "(credit*",
	"(picture*", "(foto*", "(fotó*", "(kép*", "(imatge*", "(imagem*",
	"(llun*",
	/* Italian */
	"pubblicità", "condividi*", "stampa", "stampa questa pagina",
	"torna su", "leggi anche", "leggi tutto", "invia a un amico",
	/* Hungarian */
	"hirdetés", "megosztás*", "nyomtatás", "vissza a tetejére",
	"tovább olvasom", "vissza", "a lap tetejére", "oldal tetejére",
	/* Romanian */
	"publicitate", "reclamă", "distribuie*", "tipărește*", "tipăreşte*",
	"înapoi sus", "citește și*", "citește mai departe", "sus",
	/* Catalan, Portuguese, Spanish */
	"publicitat", "comparteix*", "compartiu*", "imprimeix*", "torna a dalt",
	"torna amunt", "publicidade", "partilhe*", "partilhar*", "compartilhe*",
	"compartilhar*", "imprimir*", "voltar ao topo", "topo", "leia também*",
	"leia mais", "ler mais", "publicidad", "compartir*",
	/* Welsh */
	"hysbyseb", "rhannu*", "rhannwch*", "argraffu*", "yn ôl i'r brig",
	"darllen mwy", NULL };

/* Also how long a text takes to read: "4 min read". */
static int is_reading_time(const char *line)
{
	return strstr(line, " min read") != NULL ||
		strstr(line, " minute read") != NULL;
}

/* "Ann Mill / Getty Images": whose picture it is. An agency alone may be an
 * item of a list. */
static int is_agency(const char *line)
{
	static const char *const agencies[] = { "getty images", "shutterstock",
		"istock", "ap photo", NULL };
	size_t before = strcspn(line, "/|:");
	int i;

	for (i = 0; line[before] && agencies[i]; i++)
		if (strstr(line + before, agencies[i]))
			return 1;
	return 0;
}

/* "Copyright 2019 The Valley Press. All rights reserved. This ..." */
static int is_rights_notice(const char *text, size_t length)
{
	static const char *const signs[] = { "copyright", "©", "(c)", NULL };
	static const char *const reserved[] = { "ights reserved",
		"jog fenntartva", "drepturile rezervate", "drets reservats",
		"direitos reservados", "diritti riservati", NULL };
	int i;

	while (length && (unsigned char)*text <= ' ') {
		text++;
		length--;
	}
	for (i = 0; signs[i]; i++)
		if (length > strlen(signs[i]) &&
			!strncasecmp(text, signs[i], strlen(signs[i])))
			break;
	if (!signs[i] || length > RIGHTS_BYTES)
		return 0;
	for (i = 0; reserved[i]; i++)
		if (memmem(text, length, reserved[i], strlen(reserved[i])))
			return 1;
	return 0;
}

_Static_assert(KZI_PATTERNS_IN(phrases) <= KZI_PATTERNS_MOST,
	"too many phrases");

static int is_listed(const char *line)
{
	static struct kzi_patterns known;

	if (!known.count)
		kzi_patterns_add(&known, phrases, 1);
	return kzi_patterns_match(&known, line) != 0;
}

int kzi_is_furniture_phrase(const char *text, size_t length)
{
	char line[PHRASE_BYTES + 1];
	size_t filled = 0, i;

	if (is_rights_notice(text, length))
		return 1;
	for (i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= ' ' && (!filled || line[filled - 1] == ' '))
			continue;
		if (filled == PHRASE_BYTES)
			return 0;
		line[filled++] = c <= ' ' ? ' '
			: c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : (char)c;
	}
	while (filled && strchr(" .!:>", line[filled - 1]))
		filled--;
	line[filled] = '\0';
	if (!filled || kzi_count_words(line, filled) > PHRASE_WORDS)
		return 0;
	return is_listed(line) || is_reading_time(line) || is_agency(line);
}
