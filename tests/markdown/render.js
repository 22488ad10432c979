// Renders each line of standard input, a JSON string of Markdown, as others do: a line with a JSON list of their HTML.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(process.argv[2] + "/"));
const { marked } = await import(pathToFileURL(require.resolve("marked")));
const { Parser, HtmlRenderer } = require("commonmark");

const renderers = [
  (text) => new HtmlRenderer().render(new Parser().parse(text)),
  (text) => marked.parse(text),
  (text) => marked.parse(text, { breaks: true }),
  (text) => marked.parse(text, { gfm: false }),
];

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  process.stdout.write(JSON.stringify(renderers.map((render) => render(text))) + "\n");
}
