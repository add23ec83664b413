// Hold a conversation with kalauz-query: a JSON line in, a JSON line out.
//
//     node search_pipe.mjs INDEX QUERY...
//
// Many questions may be under way; answers come in their order.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export class Kalauz {
  #child;
  #waiting = [];

  constructor(index) {
    this.#child = spawn("kalauz-query", ["--batch", "-", "--", index], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const answer = JSON.parse(line);
      const { resolve, reject } = this.#waiting.shift();
      if (answer.error) reject(new Error(answer.error.message));
      else resolve(answer);
    });
    const end = (reason) => {
      for (const { reject } of this.#waiting.splice(0)) {
        reject(new Error(`kalauz-query ended (${reason})`));
      }
    };
    this.#child.on("error", (error) => end(error.message));
    this.#child.on("close", end);
    this.#child.stdin.on("error", () => {}); // "close" tells.
  }

  // ask({ query: "...", limit: 3, lang: ["hu"] }) => a promise of the answer.
  ask(request) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#child.stdin.write(JSON.stringify(request) + "\n");
    });
  }

  close() {
    this.#child.stdin.end();
  }
}

const [index, ...queries] = process.argv.slice(2);
const kalauz = new Kalauz(index);
try {
  const answers = await Promise.all(
    queries.map((query) => kalauz.ask({ query, limit: 3 })),
  );
  for (const hit of answers.flatMap((answer) => answer.hits)) {
    const text = Buffer.from(hit.text); // Spans count bytes.
    const words = hit.spans.map(([at, length]) =>
      text.subarray(at, at + length).toString(),
    );
    console.log([hit.id, hit.title, words.join(", ")].join("\t"));
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  kalauz.close();
}
