/* html_tree.h -- a page as a light tree, in one array in the order of the page.
 *
 *     <div><p>One <b>two</b></p></div>
 *
 *     at  tag   parent  end       A node's subtree is the nodes from it to
 *     1   div   0       6         its end; a loop forward visits parents
 *     2   p     1       6         first, a loop backward children first.
 *     3   text  2       4         So nothing here recurses, and a page nested
 *     4   b     2       6         100,000 deep is a page like any other.
 *     5   text  4       6
 *
 * Node 0 is the page itself. What is furniture is marked `gone` later. */
#ifndef KZI_HTML_TREE_H
#define KZI_HTML_TREE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* What an element does to the text in it. */
enum kzi_tag_flow {
	KZI_INLINE, /* Part of the line around it. */
	KZI_BLOCK,  /* Begins and ends a line. */
	KZI_DROP    /* Never shown as text, or only for filling in. */
};

/* The elements that matter. */
#define KZI_TAGS(X)                                                            \
	X(A, "a", INLINE) X(ADDRESS, "address", BLOCK)                         \
	X(ARTICLE, "article", BLOCK) X(ASIDE, "aside", BLOCK)                  \
	X(AUDIO, "audio", DROP) X(B, "b", INLINE)                              \
	X(BLOCKQUOTE, "blockquote", BLOCK) X(BODY, "body", BLOCK)              \
	X(BR, "br", INLINE) X(BUTTON, "button", DROP)                          \
	X(CANVAS, "canvas", DROP) X(CAPTION, "caption", BLOCK)                 \
	X(CENTER, "center", BLOCK) X(COLGROUP, "colgroup", DROP)               \
	X(DATALIST, "datalist", DROP) X(DD, "dd", BLOCK)                       \
	X(DETAILS, "details", BLOCK) X(DIALOG, "dialog", DROP)                 \
	X(DIR, "dir", BLOCK) X(DIV, "div", BLOCK) X(DL, "dl", BLOCK)           \
	X(DT, "dt", BLOCK) X(EMBED, "embed", DROP)                             \
	X(FIELDSET, "fieldset", BLOCK) X(FIGCAPTION, "figcaption", BLOCK)      \
	X(FIGURE, "figure", BLOCK) X(FONT, "font", INLINE)                     \
	X(FOOTER, "footer", BLOCK) X(FORM, "form", BLOCK)                      \
	X(FRAME, "frame", DROP) X(H1, "h1", BLOCK) X(H2, "h2", BLOCK)          \
	X(H3, "h3", BLOCK) X(H4, "h4", BLOCK) X(H5, "h5", BLOCK)               \
	X(H6, "h6", BLOCK) X(HEAD, "head", DROP) X(HEADER, "header", BLOCK)    \
	X(HGROUP, "hgroup", BLOCK) X(HR, "hr", BLOCK) X(HTML, "html", BLOCK)   \
	X(IFRAME, "iframe", DROP) X(IMG, "img", INLINE)                        \
	X(INPUT, "input", DROP) X(LABEL, "label", INLINE)                      \
	X(LEGEND, "legend", BLOCK) X(LI, "li", BLOCK) X(LINK, "link", DROP)    \
	X(MAIN, "main", BLOCK) X(MAP, "map", DROP) X(MENU, "menu", BLOCK)      \
	X(META, "meta", DROP) X(NAV, "nav", BLOCK) X(NOFRAMES, "noframes", BLOCK)\
	X(NOSCRIPT, "noscript", DROP) X(OBJECT, "object", DROP)                \
	X(OL, "ol", BLOCK) X(OPTION, "option", DROP) X(P, "p", BLOCK)          \
	X(PRE, "pre", BLOCK) X(RP, "rp", DROP) X(RT, "rt", DROP)               \
	X(SCRIPT, "script", DROP) X(SECTION, "section", BLOCK)                 \
	X(SELECT, "select", DROP) X(STRONG, "strong", INLINE)                  \
	X(STYLE, "style", DROP) X(SUMMARY, "summary", BLOCK)                   \
	X(SVG, "svg", DROP) X(TABLE, "table", BLOCK) X(TBODY, "tbody", BLOCK)  \
	X(TD, "td", BLOCK) X(TEMPLATE, "template", DROP)                       \
	X(TEXTAREA, "textarea", DROP) X(TFOOT, "tfoot", BLOCK)                 \
	X(TH, "th", BLOCK) X(THEAD, "thead", BLOCK) X(TIME, "time", INLINE)    \
	X(TITLE, "title", DROP) X(TR, "tr", BLOCK) X(UL, "ul", BLOCK)          \
	X(VIDEO, "video", DROP)

#define KZI_TAG_NUMBER(name, text, flow) KZI_TAG_##name,
enum kzi_tag {
	KZI_TAGS(KZI_TAG_NUMBER)
	KZI_TAG_OTHER, /* Any other element: its text flows on. */
	KZI_TAG_TEXT   /* Not an element. */
};

/* The attributes that are kept. */
#define KZI_ATTRIBUTES(X)                                                      \
	X(ARIA_HIDDEN, "aria-hidden") X(BGCOLOR, "bgcolor")                    \
	X(BORDER, "border") X(CLASS, "class") X(CONTENT, "content")            \
	X(HIDDEN, "hidden") X(HREF, "href") X(HREFLANG, "hreflang")            \
	X(HTTP_EQUIV, "http-equiv")                                            \
	X(ID, "id") X(ITEMPROP, "itemprop") X(LANG, "lang") X(NAME, "name")    \
	X(PLACEHOLDER, "placeholder")                                          \
	X(PROPERTY, "property") X(REL, "rel") X(ROLE, "role") X(SIZE, "size")  \
	X(STYLE, "style") X(WIDTH, "width") X(XML_LANG, "xml:lang")

#define KZI_ATTRIBUTE_NUMBER(name, text) KZI_AT_##name,
enum kzi_attribute_name {
	KZI_ATTRIBUTES(KZI_ATTRIBUTE_NUMBER)
	KZI_ATTRIBUTE_NAMES
};

struct kzi_attribute {
	struct kzi_attribute *next;
	enum kzi_attribute_name name;
	const char *value; /* Never NULL. */
};

struct kzi_node {
	struct kzi_attribute *attributes; /* Or NULL. */
	size_t text;      /* TEXT: where its bytes begin in tree->text. */
	size_t length;    /* TEXT: how many. */
	uint32_t parent;  /* The page is its own. */
	uint32_t end;     /* One past its last descendant. */
	uint32_t block;   /* Nearest block element at or above it. */
	uint32_t link;    /* Nearest a with a target at or above, or 0. */
	uint32_t count;   /* Words in it, gone or not ... */
	uint32_t words;   /* ... and as far as they are not gone ... */
	uint32_t linked;  /* ... of these in links ... */
	uint32_t materials; /* ... in links to supporting materials ... */
	uint32_t prose;   /* ... in blocks that read like running text. */
	uint8_t tag;      /* enum kzi_tag. */
	uint8_t gone;     /* Furniture, with all that is in it. */
	uint8_t hint;     /* enum kzi_name_hint, see furniture.h. */
	uint8_t is_data;  /* TABLE, TR, TD, TH: of a table of data. */
};

struct kzi_tree {
	struct kzi_arena arena; /* Of attributes. */
	struct kzi_buf nodes;   /* Of struct kzi_node. */
	struct kzi_buf text;
	int is_measured;        /* Nothing went or came since then. */
	int failed;             /* Memory ran out. */
};

static inline struct kzi_node *kzi_tree_node(
	const struct kzi_tree *tree, size_t at)
{
	return (struct kzi_node *)(void *)tree->nodes.data + at;
}

/* Mark a node as gone, for a reason, or as there again: 0. */
static inline void kzi_tree_set_gone(
	struct kzi_tree *tree, struct kzi_node *node, uint8_t gone)
{
	tree->is_measured = tree->is_measured && node->gone == gone;
	node->gone = gone;
}

static inline uint32_t kzi_tree_count(const struct kzi_tree *tree)
{
	return (uint32_t)(tree->nodes.length / sizeof(struct kzi_node));
}

/* 1 if `inner` is `outer` or stands in it. */
static inline int kzi_tree_within(
	const struct kzi_tree *tree, uint32_t outer, uint32_t inner)
{
	return inner >= outer && inner < kzi_tree_node(tree, outer)->end;
}

void kzi_tree_release(struct kzi_tree *tree);

/* Append a node, the last child of `parent`, which is the last node or above
 * it. Returns its number, or 0 when memory is short. */
uint32_t kzi_tree_add(struct kzi_tree *tree, enum kzi_tag tag, uint32_t parent);

/* Append text to `parent`, to its last child if that is text. */
void kzi_tree_add_text(struct kzi_tree *tree, uint32_t parent, const char *text,
	size_t length);

/* Keep an attribute of the node, if it is one that matters; its name is in lower
 * case. */
void kzi_tree_add_attribute(struct kzi_tree *tree, uint32_t node,
	const char *name, const char *value);

/* Once all nodes are there: set end, block and link of each. */
void kzi_tree_finish(struct kzi_tree *tree);

/* By its name in lower case, as the parser gives it. */
enum kzi_tag kzi_tag_find(const char *name);
enum kzi_tag_flow kzi_tag_flow(enum kzi_tag tag);

/* 1 to 6 for h1 to h6, else 0. */
int kzi_tag_heading(enum kzi_tag tag);

/* The value, or NULL. */
const char *kzi_node_attribute(
	const struct kzi_node *node, enum kzi_attribute_name name);

/* 1 if two elements look alike: same tag, same class or both without one. */
int kzi_node_same_kind(const struct kzi_node *a, const struct kzi_node *b);

/* 1 if the element has one of the ARIA roles, a list that ends with NULL. */
int kzi_node_has_role(const struct kzi_node *node, const char *const *roles);

/* Append the text in a subtree, without what is gone, to `out`. */
void kzi_tree_text(const struct kzi_tree *tree, uint32_t node,
	struct kzi_buf *out);

#endif
