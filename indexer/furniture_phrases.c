/* furniture_phrases.c -- lines that are furniture wherever they stand: short
 * ones, "Share this", and notices, "By signing up, you agree to ...". Data, and
 * the comparison. */
#include "indexer/furniture.h"

#include <string.h>
#include <strings.h>

#include "indexer/patterns.h"

enum {
	PHRASE_WORDS = 7,  /* Longest line that is looked at. */
	PHRASE_BYTES = 90,
	NOTICE_BYTES = 500 /* Longest notice. */
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
	"view the discussion thread*", "blog comments powered by*",
	"comments powered by*", "post a comment", "comments", "no comments*",
	"comments are closed*", "add comment", "view comments", "show comments",
	"sign up*", "subscribe", "subscribe now", "subscribe to *", "log in",
	"login", "sign in", "register", "follow us*", "follow @*",
	"follow *on twitter", "photo gallery", "view gallery", "enlarge",
	"click to enlarge", "close", "menu", "search", "previous", "next",
	"previous post", "next post", "« previous", "next »", "filed under*",
	"tagged*", "tags", "tags:", "posted in*", "reply", "report abuse", "×",
	"all rights reserved*", "copyright ©*", "copyright (c)*",
	"copyright 19*", "copyright 20*", "© 19*", "© 20*", "(c) 19*",
	"(c) 20*", "©19*", "©20*", "copy link", "save", "toggle *",
	"hide caption", "image caption", "image copyright", "image",
	"enlarge this image", "enlarge image", "view image", "credit",
	"supported by", "scroll down*", "show more", "view more",
	"click here to *", "please enable javascript*", "watch live",
	"watch now", "live tv", "most read", "newsletter", "our standards*",
	"story continues", "promoted", "photo by *", "photos by *",
	"photograph by *", "photography by *", "photo: *", "photos: *",
	"image: *", "images: *", "image source*", "photograph courtesy*",
	"courtesy of *", "illustration by *", "last updated*", "last modified*",
	"photo credit*", "image credit*", "photo courtesy*", "image courtesy*",
	"(photo*", "(image*", "(credit*", "(picture*", "(foto*", "(fotó*",
	"(kép*", "(imatge*", "(imagem*", "(llun*",
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

/* How a paragraph begins that speaks of the page, its readers' comments, its
 * letters or what it costs, and not of what the text is about. */
static const char *const notices[] = { "a post shared by *",
	"already a subscriber*", "already have an account*",
	"by entering your*", "by registering, you *", "by registering you *",
	"by signing up you *", "by signing up, you *", "by submitting your *",
	"by subscribing you *", "by subscribing, you *",
	"by clicking subscribe*", "by clicking sign up*",
	"by providing your email*", "check back for updates*",
	"comments are moderated*", "comments on this article *",
	"commenting has closed*", "did you enjoy this *",
	"enjoyed this article*", "enjoying this article*",
	"for the best commenting *", "get our newsletter*",
	"join our newsletter*", "like what you're reading*",
	"like what you see*", "liked this article*", "media playback is *",
	"never miss a post*", "never miss a story*", "never miss an update*",
	"please log in to comment*", "please login or register*",
	"read or share this story*", "required fields are marked*",
	"sign up for our *", "sign up for the newsletter*", "sign up to our *",
	"sign up to receive *", "since you're here*", "subscribe to continue*",
	"subscribe to our email*", "subscribe to our newsletter*",
	"support our journalism*", "thank you for signing up*",
	"thank you for subscribing*", "thanks for signing up*",
	"thanks for subscribing*", "this article is for subscribers*",
	"this content is created and maintained by*",
	"this content is imported from *", "this copy is for your personal*",
	"this form is protected by recaptcha*",
	"this material may not be published*",
	"this site is protected by recaptcha*", "this site uses akismet*",
	"this site uses cookies*", "this website uses cookies*",
	"to continue reading*", "view this post on instagram*",
	"was this article helpful*", "was this page helpful*",
	"we reserve the right to remove*", "you must be logged in to post*",
	"you must be logged in to comment*", "you must be logged in to reply*",
	"your email address will not be published*", NULL };

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

/* Bytes of the sign that a notice of rights begins with, or 0. */
static size_t rights_sign(const char *text, size_t length)
{
	static const char *const signs[] = { "copyright", "©", "(c)", NULL };
	int i;

	for (i = 0; signs[i]; i++)
		if (length > strlen(signs[i]) &&
			!strncasecmp(text, signs[i], strlen(signs[i])))
			return strlen(signs[i]);
	return 0;
}

static int says_reserved(const char *text, size_t length)
{
	static const char *const reserved[] = { "ights reserved",
		"jog fenntartva", "drepturile rezervate", "drets reservats",
		"direitos reservados", "diritti riservati", NULL };
	int i;

	for (i = 0; reserved[i]; i++)
		if (memmem(text, length, reserved[i], strlen(reserved[i])))
			return 1;
	return 0;
}

static size_t indentation(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && (unsigned char)text[i] <= ' ')
		i++;
	return i;
}

/* "Copyright 2019 The Valley Press. All rights reserved. This ..." */
static int is_rights_notice(const char *text, size_t length)
{
	size_t start = indentation(text, length);

	text += start;
	length -= start;
	return length <= NOTICE_BYTES && rights_sign(text, length) &&
		says_reserved(text, length);
}

int kzi_is_rights(const char *text, size_t length)
{
	size_t at = indentation(text, length), sign;

	sign = rights_sign(text + at, length - at);
	if (!sign || length - at > NOTICE_BYTES)
		return 0;
	if (says_reserved(text + at, length - at))
		return 1;
	/* "© 2020", "Copyright © 1998-2020" */
	for (at += sign; at + 4 <= length && text[at] != '.'; at++)
		if ((!memcmp(text + at, "19", 2) ||
			    !memcmp(text + at, "20", 2)) &&
			text[at + 2] >= '0' && text[at + 2] <= '9')
			return 1;
	return 0;
}

/* What the lists say of a line. */
enum {
	PHRASE = 1 << 0, /* If it is short. */
	NOTICE = 1 << 1
};

_Static_assert(KZI_PATTERNS_IN(phrases) + KZI_PATTERNS_IN(notices) <=
		KZI_PATTERNS_MOST,
	"too many phrases");

static uint32_t read_line(const char *line)
{
	static struct kzi_patterns known;

	if (!known.count) {
		kzi_patterns_add(&known, phrases, PHRASE);
		kzi_patterns_add(&known, notices, NOTICE);
	}
	return kzi_patterns_match(&known, line);
}

/* The text in lower case, spaces as one and a curved apostrophe as a straight
 * one, up to the end of the line. Returns how much of it was taken. */
static size_t tidy(char line[PHRASE_BYTES + 1], const char *text, size_t length)
{
	size_t filled = 0, i;

	for (i = 0; i < length && filled < PHRASE_BYTES; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= ' ' && (!filled || line[filled - 1] == ' '))
			continue;
		if (c == 0xE2 && length - i > 2 &&
			!memcmp(text + i, "\xE2\x80\x99", 3)) {
			c = '\'';
			i += 2;
		}
		line[filled++] = c <= ' ' ? ' '
			: c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : (char)c;
	}
	while (filled && strchr(" .!:>", line[filled - 1]))
		filled--;
	line[filled] = '\0';
	return i;
}

int kzi_is_furniture_phrase(const char *text, size_t length)
{
	char line[PHRASE_BYTES + 1];
	size_t taken;
	uint32_t is;

	if (is_rights_notice(text, length))
		return 1;
	if (length > NOTICE_BYTES)
		return 0;
	taken = tidy(line, text, length);
	if (!line[0])
		return 0;
	is = read_line(line);
	if (is & NOTICE)
		return 1;
	return taken == length &&
		kzi_count_words(line, strlen(line)) <= PHRASE_WORDS &&
		(is & PHRASE || is_reading_time(line) || is_agency(line));
}
