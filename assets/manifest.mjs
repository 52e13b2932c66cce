// Prints the SHA-256 of every source of the built assets, as JSON.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

const names = [
  ...readdirSync('css').map((name) => `css/${name}`),
  ...readdirSync('js').map((name) => `js/${name}`),
  'govuk.scss',
  'package-lock.json',
].sort();
const sums = {};
for (const name of names) {
  sums[name] = createHash('sha256').update(readFileSync(name)).digest('hex');
}
console.log(JSON.stringify(sums, null, 1));
