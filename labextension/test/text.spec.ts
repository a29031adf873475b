import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { Text } from '../src/text';

const text = new Text(nullTranslator);
const NOW = new Date('2026-11-21T12:00:00Z');

describe('Text', () => {
  it.each([
    ['2026-11-21T11:59:50Z', 'now'],
    ['2026-11-21T11:58:50Z', '1 minute ago'],
    ['2026-11-21T09:00:00Z', '3 hours ago'],
    ['2026-11-20T12:00:00Z', 'yesterday'],
    ['2026-10-31T12:00:00+00:00', '3 weeks ago'],
    ['2026-08-20T12:00:00Z', '3 months ago'],
    ['2024-11-21T12:00:00Z', '2 years ago'],
    ['no date', 'no date']
  ])('calls %s %s', (when, expected) => {
    expect(text.age(when, NOW)).toBe(expected);
  });

  it.each([
    [0.04, '0 s'],
    [6.23, '6.2 s'],
    [42.4, '42 s'],
    [119.9, '1 min 59 s'],
    [7260, '2 h 1 min']
  ])('calls %d seconds %s', (seconds, expected) => {
    expect(text.duration(seconds)).toBe(expected);
  });

  it.each([
    [0.91342, '0.9134'],
    [41.2, '41.2'],
    [1461, '1461'],
    [123456, '123,500'],
    [-0.00001234, '-0.00001234']
  ])('writes the metric %d as %s', (value, expected) => {
    expect(text.number(value)).toBe(expected);
  });

  it.each([
    ['there is no “x” here', 'There is no “x” here.'],
    ['“kindd” is not a field', '“kindd” is not a field.'],
    ['mlnb failed; the server’s log says why', 'mlnb failed; the server’s log says why.'],
    ['data.csv is no dataset', 'data.csv is no dataset.'],
    ['Is this it?', 'Is this it?'],
    ['', '']
  ])('makes a sentence of “%s”', (message, expected) => {
    expect(text.sentence(message)).toBe(expected);
  });

  it('counts cells from one', () => {
    expect([text.cell(0), text.cells([4]), text.cells([0, 1, 2, 4, 7, 8])]).toEqual([
      'cell 1',
      'cell 5',
      'cells 1–3, 5, 8–9'
    ]);
  });

  it('has a word for every state', () => {
    expect(
      (['queued', 'running', 'succeeded', 'failed', 'cancelled', 'lost'] as const).map(each =>
        text.runState(each)
      )
    ).toEqual(['Queued', 'Running', 'Succeeded', 'Failed', 'Cancelled', 'Lost']);
  });
});
