import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addresses, missingOptional, tidied } from '../../scripts/lock.mjs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

describe('package-lock.json', () => {
  it('installs on every system: every per-platform package is in it', () => {
    expect(missingOptional(lock)).toEqual([]);
  });

  it('names no registry and no other address', () => {
    expect(addresses(lock)).toEqual([]);
  });

  it('has the bundler for Linux, macOS and Windows', () => {
    const names = Object.keys(lock.packages).join('\n');
    for (const system of [
      'linux-x64-gnu',
      'linux-arm64-gnu',
      'darwin-x64',
      'darwin-arm64',
      'win32-x64-msvc'
    ]) {
      expect(names).toContain(`@rspack/binding-${system}`);
    }
  });
});

describe('the check of the lock', () => {
  const faulty = {
    packages: {
      '': { dependencies: { a: '1' } },
      'node_modules/a': {
        resolved: 'https://registry.example/a.tgz',
        funding: { url: 'https://a.example' },
        optionalDependencies: { 'a-linux': '1', 'a-mac': '1', 'a-near': '1' }
      },
      'node_modules/a-linux': {},
      'node_modules/a/node_modules/a-near': {}
    }
  };

  it('finds what is missing, beside the package and above it', () => {
    expect(missingOptional(faulty)).toEqual(['node_modules/a → a-mac']);
  });

  it('finds addresses, and takes them out', () => {
    expect(addresses(faulty).length).toBe(2);
    expect(addresses(tidied(faulty))).toEqual([]);
  });
});
