// Builds static/hall.css, hall-parts.css, hall.js, hall-parts.js, offline.js and scan.js: `npm ci --ignore-scripts && npm run build`.
import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "..", "static");
const modules = join(here, "node_modules");
const banner = "GOV.UK Frontend 6.6.0, MIT, see LICENSE-govuk-frontend.txt; built by deploy/frontend";

// What GOV.UK repeats in every rule and the hall says once or not at all: the font, colour fall-backs for browsers
// without custom properties, and link addresses on paper.
const repeated = [
  [/var\((--govuk-[a-z-]+),\s*#[0-9a-fA-F]+\)/g, "var($1)"],
  [/@media print\{[^{}]*\{font-family:var\(--hall-font\)\}\}/g, ""],
  [/@media print\{[^{}]*::after\{content:" \(" attr\(href\)[^{}]*\}\}/g, ""],
  [/(-webkit-font-smoothing:antialiased|-moz-osx-font-smoothing:grayscale|font-family:var\(--hall-font\)(?=[;}]));?/g, ""],
];

function style(name, output) {
  const built = sass.compile(join(here, "sass", `${name}.scss`), { loadPaths: [modules], style: "compressed", charset: false });
  const lean = repeated.reduce((css, [pattern, text]) => css.replace(pattern, text), built.css);
  const { code } = esbuild.transformSync(lean, { loader: "css", minify: true, charset: "utf8", target: ["chrome88", "safari14", "firefox88"] });
  save(output, `/*! ${banner} */\n${code}`);
}

function script(name, output, define = {}, said = banner, target = "es2020") {
  const built = esbuild.buildSync({
    entryPoints: [join(here, "js", `${name}.js`)], bundle: true, minify: true, format: "esm", write: false, define,
    target, external: ["./hall-parts.js*"], charset: "utf8", legalComments: "none",
  });
  return save(output, `/*! ${said} */\n${built.outputFiles[0].text}`);
}

function save(output, text) {
  writeFileSync(join(target, output), text);
  process.stdout.write(`${output}: ${Buffer.byteLength(text)} bytes\n`);
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

style("hall", "hall.css");
style("parts", "hall-parts.css");
const stamp = script("parts", "hall-parts.js");
script("hall", "hall.js", { PARTS_URL: JSON.stringify(`./hall-parts.js?v=${stamp}`) });
copyFileSync(join(here, "LICENSE-govuk-frontend.txt"), join(target, "LICENSE-govuk-frontend.txt"));
script("offline", "offline.js", {}, "@peculiar/x509 2.2.0, MIT, cborg 6.1.5 and jsQR 1.4.0, Apache-2.0, and what they need, see LICENSE-offline.txt; built by deploy/frontend", "es2022");
script("scan", "scan.js", {}, "jsQR 1.4.0, Apache-2.0, see LICENSE-offline.txt; built by deploy/frontend", "es2022");
copyFileSync(join(here, "LICENSE-offline.txt"), join(target, "LICENSE-offline.txt"));
