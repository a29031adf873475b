import { describe, expect, it } from 'vitest';
import cases from '../../../tests/lineage/mermaid.json';
import { escaped, mermaid } from '../../src/lineage/mermaid';
import { lineage, node } from './nodes';

describe('a Mermaid chart', () => {
  it.each(cases)('takes %j as it is', (label, expected) => {
    expect(escaped(label!)).toBe(expected);
  });

  it('says what `mlnb lineage --mermaid` says', () => {
    const nodes = [
      node('d', { type: 'dataset', kind: null, label: 'rain@2014', missing: true }),
      node('n', { label: '030 Ridge' })
    ];
    expect(mermaid({ ...lineage('d>n d>n'), nodes })).toBe(
      [
        'flowchart LR',
        '  n0[("rain@2014 #40;dataset#44; missing#41;")]',
        '  n1["030 Ridge #40;experiment#41;"]',
        '  n0 --> n1',
        '  classDef missing stroke-dasharray: 4 3',
        '  class n0 missing',
        ''
      ].join('\n')
    );
  });
});
