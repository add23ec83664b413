/* furniture.h -- what of a page is furniture: menus, share buttons, footers,
 * comments, everything that is not what the page is about.
 *
 * Told one element at a time: by what it is, what its class, id or role says,
 * and how much of its text is links. Which region of the page holds the text
 * is content.h's business. */
#ifndef KZI_FURNITURE_H
#define KZI_FURNITURE_H

#include "indexer/html_tree.h"

/* Values of node->gone. */
enum {
	KZI_GONE_NEVER_SHOWN = 1, /* Scripts and the like. */
	KZI_GONE_HIDDEN,          /* Hidden elements, navigation. */
	KZI_GONE_FURNITURE,       /* By its name or its links. */
	KZI_GONE_OUTSIDE          /* Not in the region of the content. */
};

/* What the class and id of an element say about it. */
enum kzi_name_hint {
	KZI_HINT_NONE,
	KZI_HINT_CONTENT,   /* "entry-content", "articleBody" */
	KZI_HINT_FURNITURE, /* "sidebar", "social-icons" */
	KZI_HINT_MIXED,     /* "article-body right-rail", "big-buttons": but
				for prose in it */
	KZI_HINT_SHARE,     /* "share-wrapper": but for prose in it */
	KZI_HINT_MAYBE,     /* "promo-box", "widget": what is no text */
	KZI_HINT_APART,     /* "comment-list", "cookie-bar": however long */
	KZI_HINT_MEDIA,     /* "video-player": with what it shows */
	KZI_HINT_GALLERY,   /* "photo-gallery": with all that is below them */
	KZI_HINT_AUTHOR,    /* "author-card", itemprop="author": however it
				goes on */
	KZI_HINT_META       /* "byline", "post-date": short ones only */
};

/* What the classes of a page said lately: most elements are of a few classes.
 * Zeros, to begin with; it borrows the tree's strings. */
enum { KZI_HINT_MEMO = 64 };

struct kzi_hint_memo {
	const char *classes[KZI_HINT_MEMO];
	enum kzi_name_hint hints[KZI_HINT_MEMO];
};

enum kzi_name_hint kzi_node_hint(struct kzi_hint_memo *memo,
	const struct kzi_node *node, int with_id);

/* Mark what a browser does not show, and what says it is navigation; count the
 * words of the rest and note what it is called. The first thing to do with a
 * tree. */
void kzi_furniture_hide(struct kzi_tree *tree);

/* Count the words, linked words and prose of each node, what is gone left out.
 * Returns 0 when memory is short. */
int kzi_furniture_measure(struct kzi_tree *tree);

/* How far names are believed. */
enum kzi_name_trust {
	KZI_TRUST_APART, /* Comments and questions of consent only. */
	KZI_TRUST_ALL
};

/* Mark furniture by its names, given the measures. `title_heading` is the node
 * of the heading that is the title; nothing above it goes. 0: none. */
void kzi_furniture_by_name(struct kzi_tree *tree, uint32_t title_heading,
	enum kzi_name_trust trust);

/* "site.org" in "https://news.site.org/page"; of "/page", nothing. */
struct kzi_site {
	const char *name;
	size_t length;
};

struct kzi_site kzi_site_of(const char *target);
int kzi_same_site(struct kzi_site a, struct kzi_site b);

/* The site of the page, if it says what its address is. */
struct kzi_site kzi_own_site(const struct kzi_tree *tree);

/* 1 if what stands in the element is links and not much else, and no text for
 * all that. */
int kzi_is_links(
	const struct kzi_tree *tree, uint32_t at, struct kzi_site own);

/* Mark furniture by its links, given new measures. Returns 0 when memory is
 * short. */
int kzi_furniture_by_links(struct kzi_tree *tree, uint32_t title_heading);

/* Mark what stands below a heading such as "Comments", "Related articles" or
 * "About the author", and other stories that follow the one with the title. */
void kzi_furniture_by_labels(struct kzi_tree *tree, uint32_t title_heading);

/* What a short line announces. */
enum kzi_label {
	KZI_LABEL_NONE,
	KZI_LABEL_COMMENTS, /* "Leave a reply" */
	KZI_LABEL_RELATED,  /* "You may also like" */
	KZI_LABEL_AUTHOR,   /* "About the author" */
	KZI_LABEL_OFFER,    /* "Subscribe to continue reading" */
	KZI_LABEL_CONSENT   /* "We value your privacy" */
};

enum kzi_label kzi_label_of(const char *text, size_t length);

/* 1 if the words before a link say that it leads to another story: "Read
 * also:". */
int kzi_is_pointer(const char *text, size_t length);

/* 1 if the text asks to stay in touch: "Sign up for our newsletter", "Follow us
 * on Facebook". */
int kzi_is_invitation(const char *text, size_t length);

/* 1 if the first words are a heading that leads to another page. */
int kzi_begins_elsewhere(const struct kzi_tree *tree, uint32_t at);

/* 1 if a link's target is a file such as a supporting material. */
int kzi_is_material(const char *target);

/* 1 if a line is furniture wherever it stands: "Share this", "By signing up,
 * you agree to our terms". */
int kzi_is_furniture_phrase(const char *text, size_t length);

/* 1 if the text begins with whose it is, and since when: "© 2020 Weir News". */
int kzi_is_rights(const char *text, size_t length);

/* Words in text: runs of what is no space, with a letter or digit in them. */
uint32_t kzi_count_words(const char *text, size_t length);

#endif
