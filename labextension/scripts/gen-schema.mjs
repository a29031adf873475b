// Writes labextension/src/api/_schema.ts from mlnb/server/messages; with --check, says whether it is up to date.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = fileURLToPath(new URL('../src/api/_schema.ts', import.meta.url));

const banner = '// Generated from mlnb/server/messages by `npm run gen`; not edited by hand.';

/** The Python of the checkout, else the one on PATH. */
function python() {
  const places = [`${root}.venv/bin/python`, `${root}.venv/Scripts/python.exe`];
  return places.find(existsSync) ?? (process.platform === 'win32' ? 'python' : 'python3');
}

/** pydantic gives every field a title, and the compiler would make a type of every title. */
function withoutFieldTitles(schema) {
  const bare = ({ title, ...rest }) =>
    Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, deep(value)]));
  const deep = value => {
    if (Array.isArray(value)) {
      return value.map(deep);
    }
    return value && typeof value === 'object' ? bare(value) : value;
  };
  const fields = ({ properties, ...rest }) => ({
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, deep(each)]))
  });
  const definitions = Object.entries(schema.$defs).map(([name, each]) => [
    name,
    each.properties ? fields(each) : each
  ]);
  return { ...schema, $defs: Object.fromEntries(definitions) };
}

const printed = execFileSync(python(), ['-m', 'mlnb.server.schema'], { cwd: root, encoding: 'utf8' });
const source = await compile(withoutFieldTitles(JSON.parse(printed)), 'Messages', {
  additionalProperties: false,
  bannerComment: banner,
  style: { singleQuote: true, printWidth: 110, trailingComma: 'none', arrowParens: 'avoid' }
});

if (process.argv.includes('--check')) {
  const same = existsSync(target) && readFileSync(target, 'utf8').replaceAll('\r\n', '\n') === source;
  if (!same) {
    console.error(
      'labextension/src/api/_schema.ts is not what mlnb/server/messages says: type `npm run gen`.'
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, source);
}
