// Holds package-lock.json to two promises: it installs on every system, and it names no registry.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every optional (per-platform) dependency that a package of the lock asks for and the lock lacks. */
export function missingOptional(lock) {
  const places = new Set(Object.keys(lock.packages));
  const missing = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!findable(places, place, name)) {
        missing.push(`${place || '(root)'} → ${name}`);
      }
    }
  }
  return missing;
}

/** Every address in the lock: of a registry it would bind everyone to, of a funding page it is noise. */
export function addresses(lock) {
  const found = [];
  JSON.stringify(lock, (key, value) => {
    if (typeof value === 'string' && /\bhttps?:\/\//.test(value)) {
      found.push(`${key}: ${value}`);
    }
    return value;
  });
  return found;
}

/** The lock without what npm writes for display only. */
export function tidied(lock) {
  const packages = Object.entries(lock.packages).map(
    ([place, { funding, deprecated, resolved, ...entry }]) => [place, entry]
  );
  return { ...lock, packages: Object.fromEntries(packages) };
}

/** Node looks for a package beside the one that asks and then in every folder above it. */
function findable(places, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1))) {
    if (places.has(folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`)) {
      return true;
    }
    if (!folder) {
      return false;
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const place = new URL('../../package-lock.json', import.meta.url);
  if (process.argv.includes('--tidy')) {
    writeFileSync(place, `${JSON.stringify(tidied(JSON.parse(readFileSync(place, 'utf8'))), null, 2)}\n`);
  }
  const lock = JSON.parse(readFileSync(place, 'utf8'));
  const faults = [...missingOptional(lock).map(each => `missing: ${each}`), ...addresses(lock)];
  faults.forEach(fault => console.error(`package-lock.json: ${fault}`));
  process.exitCode = faults.length ? 1 : 0;
}
