// Lets Mermaid's own parser read the journeys of a folder and compares what it finds with the .json beside each.
import { JSDOM } from 'jsdom';
import fs from 'node:fs';
import path from 'node:path';

const { window } = new JSDOM('<!DOCTYPE html><body></body>');
for (const name of ['document', 'Element', 'HTMLElement', 'Node', 'DOMParser', 'DocumentFragment', 'NodeFilter',
  'HTMLTemplateElement', 'NamedNodeMap', 'HTMLFormElement']) globalThis[name] = window[name];
globalThis.window = window;
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });

// Mermaid hides the numbers of characters while it parses and puts the characters in when it draws.
const char = (_, code) => String.fromCodePoint(Number(code));
const shown = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, char);
const words = (text) => shown(text.replace(/<br>/g, '\n')).trim();

const folder = process.argv[2];
let [count, wrong] = [0, 0];
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.mmd')).sort()) {
  count += 1;
  const expected = fs.readFileSync(path.join(folder, file.replace('.mmd', '.json')), 'utf8');
  let found;
  try {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(fs.readFileSync(path.join(folder, file), 'utf8'));
    const task = (t) => [words(t.section), words(t.task), t.score, t.people.map(words)];
    found = JSON.stringify({ sections: db.getSections().map(words), tasks: db.getTasks().map(task) });
  } catch (error) {
    found = String(error.message ?? error);
  }
  if (found !== JSON.stringify(JSON.parse(expected))) {
    wrong += 1;
    console.log(`${file}\n  found    ${found.slice(0, 600)}\n  expected ${expected.slice(0, 600)}`);
  }
}
console.log(`${count} journeys, ${wrong} not as written`);
process.exit(wrong > 0 ? 1 : 0);
