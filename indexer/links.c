/* links.c -- see links.h. */
#include "indexer/links.h"

#include <string.h>

/* 1 if the target names a scheme ("http:"), so that it is no relative path. */
static int has_scheme(const char *target)
{
	size_t i = strspn(target,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789+.-");

	return i > 1 && target[i] == ':';
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undo %20 and the like, in place; stop at a query or fragment. */
static void decode(char *target)
{
	char *out = target;
	const char *at = target;

	while (*at && *at != '#' && *at != '?') {
		if (*at == '%' && hex(at[1]) >= 0 && hex(at[2]) >= 0 &&
			(hex(at[1]) || hex(at[2]))) {
			*out++ = (char)(hex(at[1]) * 16 + hex(at[2]));
			at += 3;
		} else {
			*out++ = *at++;
		}
	}
	*out = '\0';
}

/* Take the last folder off a path that ends in a slash: "a/b/" => "a/". */
static size_t parent(const char *path, size_t length)
{
	if (length > 0)
		length--;
	while (length > 0 && path[length - 1] != '/')
		length--;
	return length;
}

/* Put `target` behind the folder of `base`; `out` has room for both. */
static void join(char *out, const char *base, const char *target)
{
	const char *slash = strrchr(base, '/');
	size_t length = slash ? (size_t)(slash - base) + 1 : 0;

	memcpy(out, base, length);
	while (*target) {
		size_t part = strcspn(target, "/");

		if (part == 2 && !memcmp(target, "..", 2)) {
			length = parent(out, length);
		} else if (part > 0 && !(part == 1 && *target == '.')) {
			memcpy(out + length, target, part);
			length += part;
			if (target[part])
				out[length++] = '/';
		}
		target += part + (target[part] == '/');
	}
	out[length] = '\0';
}

static const char *resolve(struct kzi_document *document, const char *target)
{
	char *decoded, *joined;

	if (has_scheme(target))
		return target;
	decoded = kzi_arena_copy(&document->arena, target, strlen(target));
	joined = kzi_arena_get(&document->arena,
		strlen(document->path) + strlen(target) + 2);
	if (!decoded || !joined) {
		document->failed = 1;
		return target;
	}
	decode(decoded);
	join(joined, document->path, decoded);
	return joined;
}

static int is_known(
	const struct kzi_link *links, size_t count, const char *target)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(links[i].target, target))
			return 1;
	return 0;
}

void kzi_links_resolve(struct kzi_document *document)
{
	struct kzi_link *links =
		(struct kzi_link *)(void *)document->links.data;
	size_t count = document->links.length / sizeof(*links), kept = 0, i;

	for (i = 0; i < count; i++) {
		links[i].target = links[i].target
			? resolve(document, links[i].target)
			: links[i].text;
		if (!is_known(links, kept, links[i].target))
			links[kept++] = links[i];
	}
	document->links.length = kept * sizeof(*links);
}
