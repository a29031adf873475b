// Rows of a plan.

import type { AdoptDatasetRow, AdoptRow } from '../../src/api/schema';

export function row(path: string, changes: Partial<AdoptRow> = {}): AdoptRow {
  return {
    path,
    kind: 'experiment',
    confidence: 'high',
    reasons: ['it fits a model'],
    title: 'Ridge',
    number: 30,
    proposed: `030_experiment_${path}`,
    references: 0,
    apply: true,
    problem: null,
    sha256: 'ab',
    ...changes
  };
}

export function data(path: string, changes: Partial<AdoptDatasetRow> = {}): AdoptDatasetRow {
  return {
    path,
    name: 'bookings',
    date: '2025-03-14',
    date_from: 'content',
    date_why: 'the last date in its column “date”',
    features: 'all',
    proposed: 'data/bookings_2025-03-14_all.csv',
    references: 1,
    apply: false,
    problem: null,
    sha256: 'cd',
    ...changes
  };
}
