#!/usr/bin/env python3
"""Hold a conversation with kalauz-query: a JSON line in, a JSON line out.

    search_pipe.py INDEX QUERY...

One process answers all questions; docs/schema says what may stand in both.
"""

import json
import subprocess
import sys


class Kalauz:
    def __init__(self, index):
        self.process = subprocess.Popen(
            ["kalauz-query", "--batch", "-", "--", index],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def ask(self, **request):
        """ask(query="...", limit=3, lang=["hu"]) => the answer, a dict."""
        try:
            print(json.dumps(request), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # What went wrong, it has said on stderr.
        line = self.process.stdout.readline()
        if not line:
            raise OSError(f"kalauz-query ended ({self.process.wait()})")
        answer = json.loads(line)
        if "error" in answer:
            raise ValueError(answer["error"]["message"])
        return answer


if __name__ == "__main__":
    with Kalauz(sys.argv[1]) as kalauz:
        for query in sys.argv[2:]:
            for hit in kalauz.ask(query=query, limit=3)["hits"]:
                text = hit["text"].encode()  # Spans count bytes.
                words = [text[at:at + length].decode()
                         for at, length in hit["spans"]]
                print(hit["id"], hit["title"], ", ".join(words), sep="\t")
