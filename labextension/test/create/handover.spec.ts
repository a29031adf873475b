import { describe, expect, it } from 'vitest';
import { plainOf, titleOf } from '../../src/create/handover';

describe('titleOf', () => {
  it.each([
    ['Fog', 'Fog'],
    ['The sensor drifts. It was replaced in May.', 'The sensor drifts'],
    ['**Wind** and `rain`', 'Wind and rain'],
    ['[Wind](020.ipynb) matters', 'Wind matters'],
    ['It drifts → replace the sensor', 'Replace the sensor'],
    ['It drifts →', 'It drifts'],
    ['auc 0.91 is enough', 'Auc 0.91 is enough'],
    ['x_1 is enough', 'x_1 is enough'],
    ['One\n  two', 'One two'],
    ['', ''],
    ['A'.repeat(80), 'A'.repeat(60)],
    [`${'Word '.repeat(20)}`, 'Word '.repeat(12).trim()]
  ])('makes of %j the title %j', (text, title) => {
    expect(titleOf(text)).toBe(title);
  });
});

describe('plainOf', () => {
  it.each([
    ['The label `weather` **changed**', 'The label weather changed'],
    ['rain_today and a * b', 'rain_today and a * b']
  ])('makes of %j the line %j', (text, line) => {
    expect(plainOf(text)).toBe(line);
  });
});
