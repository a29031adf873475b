// Lineages in few words.

import type { LineageInfo, LineageNode } from '../../src/api/schema';

export function node(id: string, changes: Partial<LineageNode> = {}): LineageNode {
  return {
    id,
    type: 'notebook',
    label: id.toUpperCase(),
    kind: 'experiment',
    path: `notebooks/${id}.ipynb`,
    when: '2026-11-20T12:00:00+00:00',
    state: null,
    missing: false,
    detail: '',
    ...changes
  };
}

/** From words such as `a>b`; a `d` at the beginning makes a dataset, an `r` a run. */
export function lineage(links: string, changes: Partial<LineageInfo> = {}): LineageInfo {
  const pairs = links
    .split(' ')
    .filter(Boolean)
    .map(each => each.split('>'));
  const ids = [...new Set(pairs.flat())];
  return {
    focus: null,
    nodes: ids.map(id =>
      id.startsWith('d')
        ? node(id, { type: 'dataset', kind: null, path: `data/${id}.csv` })
        : id.startsWith('r')
          ? node(id, { type: 'run' })
          : node(id)
    ),
    edges: pairs.flatMap(([source, target]) =>
      target === undefined ? [] : [{ source: source!, target, relation: 'next' as const }]
    ),
    problems: [],
    ...changes
  };
}
