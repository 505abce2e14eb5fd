// Mozilla's Readability over linkedom, asked page by page as extractors.py is: node readability.cjs, with NODE_PATH set.
const fs = require("fs");
const zlib = require("zlib");
const readline = require("readline");

let Readability, parseHTML, version;
try {
  ({ Readability } = require("@mozilla/readability"));
  ({ parseHTML } = require("linkedom"));
  version = require("@mozilla/readability/package.json").version;
} catch (error) {
  console.log(JSON.stringify({ missing: String(error.message).split("\n")[0] }));
  process.exit(3);
}

const BLOCKS = new Set(
  "P DIV SECTION ARTICLE LI UL OL DL DT DD TABLE TR BLOCKQUOTE PRE FIGURE FIGCAPTION BR HR".split(" "));

function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const found = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(bytes.subarray(0, 4096).toString("latin1"));
    try {
      return new TextDecoder(found ? found[1] : "windows-1252").decode(bytes);
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }
}

function lines(node) {
  if (node.nodeType === 3) return node.textContent;
  if (node.nodeType !== 1) return "";
  const inner = [...node.childNodes].map(lines).join("");
  const name = node.tagName.toUpperCase();
  if (/^H[1-6]$/.test(name)) return "\n## " + inner.replace(/\s+/g, " ").trim() + "\n";
  return BLOCKS.has(name) ? "\n" + inner + "\n" : inner;
}

function answer(html) {
  const article = new Readability(parseHTML(html).document).parse();
  if (!article) return { markdown: "" };
  const body = parseHTML("<!doctype html><html><body>" + article.content + "</body></html>").document.body;
  return { markdown: lines(body), title: article.title, author: article.byline, date: article.publishedTime };
}

console.log(JSON.stringify({ version, python: "node " + process.versions.node }));
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const asked = JSON.parse(line);
  const html = decode(zlib.gunzipSync(fs.readFileSync(asked.path)));
  const began = process.cpuUsage();
  let said;
  try {
    said = answer(html);
  } catch (error) {
    said = { error: String(error).slice(0, 200) };
  }
  const took = process.cpuUsage(began);
  console.log(JSON.stringify({ answer: said, seconds: (took.user + took.system) / 1e6 }));
});
