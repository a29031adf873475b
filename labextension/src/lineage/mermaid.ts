// What is shown, as a Mermaid flowchart; the same text as `mlnb lineage --mermaid` prints.

import type { LineageInfo, LineageNode } from '../api/schema';

const LONGEST = 80;

/** Shape says the type. */
const SHAPES: Record<LineageNode['type'], readonly [string, string]> = {
  notebook: ['[', ']'],
  dataset: ['[(', ')]'],
  run: ['([', '])'],
  pipeline: ['[[', ']]']
};

export function mermaid({ nodes, edges }: Pick<LineageInfo, 'nodes' | 'edges'>): string {
  const names = new Map(nodes.map((node, index) => [node.id, `n${index}`]));
  const lines = nodes.map(node => {
    const [before, after] = SHAPES[node.type];
    return `  ${names.get(node.id)}${before}"${escaped(words(node))}"${after}`;
  });
  const arrows = edges.map(edge => `  ${names.get(edge.source)} --> ${names.get(edge.target)}`);
  const missing = nodes.filter(node => node.missing).map(node => names.get(node.id));
  const marks =
    missing.length > 0
      ? ['  classDef missing stroke-dasharray: 4 3', `  class ${missing.join(',')} missing`]
      : [];
  return ['flowchart LR', ...lines, ...new Set(arrows), ...marks, ''].join('\n');
}

function words(node: LineageNode): string {
  const kind = (node.type === 'notebook' ? node.kind : null) ?? node.type;
  return node.missing ? `${node.label} (${kind}, missing)` : `${node.label} (${kind})`;
}

/**
 * A label of which Mermaid takes every character as it is: letters, digits and spaces stay, and a few marks
 * between letters, where they begin no Markdown; all else becomes a character code.
 */
export function escaped(label: string): string {
  const all = [...label];
  const text = all.length <= LONGEST ? all : [...all.slice(0, LONGEST - 1), '…'];
  return text
    .map((character, place) => {
      if (isWord(character) || character === ' ') {
        return character;
      }
      if (/[-_.@/]/.test(character) && isWord(text[place - 1]) && isWord(text[place + 1])) {
        return character;
      }
      return /[\p{C}\p{Z}]/u.test(character) ? ' ' : `#${character.codePointAt(0)};`;
    })
    .join('');
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
