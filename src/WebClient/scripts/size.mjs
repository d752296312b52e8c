// Fails when the tablet's lesson page outgrows its budget: everything a tablet downloads as JavaScript, gzipped.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetKb = 200;
const out = join(dirname(fileURLToPath(import.meta.url)), '../../Server/wwwroot');
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));

function collect(key, seen) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) collect(next, seen);
  return seen;
}

function sizeOf(...entries) {
  const keys = new Set();
  for (const entry of entries) collect(entry, keys);
  const files = [...new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')))];
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0) / 1000;
}

const pages = Object.keys(manifest).filter((key) => key.startsWith('src/pages/') && manifest[key].isDynamicEntry);
for (const page of pages.sort()) {
  console.log(`${sizeOf('index.html', page).toFixed(1).padStart(8)} kB  ${page}`);
}

const tablet = sizeOf('index.html', 'src/pages/tablet/JoinPage.vue', 'src/pages/tablet/TabletPage.vue');
console.log(`tablet lesson page: ${tablet.toFixed(1)} kB gzip of ${budgetKb} kB`);
if (tablet > budgetKb) process.exit(1);
