#!/usr/bin/env python3
"""Search through the C library, with nothing but Python's ctypes.

    search_ctypes.py INDEX QUERY

libkalauz.so.0 must be where the loader looks (LD_LIBRARY_PATH, ldconfig). The
structs are those of kalauz.h, in its order; it only adds members at their ends.
"""

import ctypes as c
import os
import sys


class Error(c.Structure):
    _fields_ = [("status", c.c_int), ("position", c.c_size_t),
                ("message", c.c_char * 240)]


class Options(c.Structure):
    _fields_ = [("size", c.c_size_t), ("limit", c.c_uint32),
                ("offset", c.c_uint32), ("per_document", c.c_uint32),
                ("match", c.c_int), ("languages", c.c_char_p),
                ("kinds", c.c_char_p), ("places", c.c_char_p)]


class Span(c.Structure):
    _fields_ = [("offset", c.c_size_t), ("length", c.c_size_t)]


class Hit(c.Structure):
    _fields_ = [("rank", c.c_uint32), ("score", c.c_double),
                ("id", c.c_char_p), ("document", c.c_char_p),
                ("url", c.c_char_p), ("anchor", c.c_char_p),
                ("page", c.c_uint32), ("title", c.c_char_p),
                ("headings", c.POINTER(c.c_char_p)),
                ("heading_count", c.c_size_t), ("language", c.c_char_p),
                ("kind", c.c_char_p), ("place", c.c_char_p),
                ("text", c.c_void_p), ("text_length", c.c_size_t),
                ("offset", c.c_uint64), ("spans", c.POINTER(Span)),
                ("span_count", c.c_size_t)]


OK, END = 0, 1
kz = c.CDLL("libkalauz.so.0")
kz.kz_index_open.argtypes = [c.POINTER(c.c_void_p), c.c_char_p,
                             c.POINTER(Error)]
kz.kz_search.argtypes = [c.POINTER(c.c_void_p), c.c_void_p, c.c_char_p,
                         c.c_size_t, c.POINTER(Options), c.POINTER(Error)]
kz.kz_results_next.argtypes = [c.c_void_p, c.POINTER(c.POINTER(Hit)),
                               c.POINTER(Error)]
for free in kz.kz_results_free, kz.kz_index_close:
    free.argtypes, free.restype = [c.c_void_p], None


class Index:
    """An open index, for one thread at a time; use it in a `with`."""

    def __init__(self, path):
        self.handle = c.c_void_p()
        error = Error()
        if kz.kz_index_open(self.handle, os.fsencode(path), error) != OK:
            raise OSError(error.message.decode())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        kz.kz_index_close(self.handle)
        self.handle = None

    def search(self, query, limit=10, languages=None):
        """Yield (id, title, text, the words that match) of each hit."""
        options = Options(size=c.sizeof(Options), limit=limit,
                          languages=languages and languages.encode())
        text, error, results = query.encode(), Error(), c.c_void_p()
        if kz.kz_search(results, self.handle, text, len(text), options,
                        error) != OK:
            raise ValueError(error.message.decode())
        hit = c.POINTER(Hit)()
        try:
            while (status := kz.kz_results_next(results, hit, error)) == OK:
                yield self.copy(hit.contents)
            if status != END:
                raise OSError(error.message.decode())
        finally:
            kz.kz_results_free(results)

    @staticmethod
    def copy(hit):
        text = c.string_at(hit.text, hit.text_length)
        spans = hit.spans[:hit.span_count]
        words = [text[s.offset:s.offset + s.length].decode() for s in spans]
        name = hit.id.decode(errors="replace")  # A file's may be no UTF-8.
        return name, hit.title.decode(), text.decode(), words


if __name__ == "__main__":
    with Index(sys.argv[1]) as index:
        for name, title, _, words in index.search(sys.argv[2], limit=3):
            print(name, title, ", ".join(words), sep="\t")
