// A finding for tests.

import type { DiagnosticInfo } from '../../src/api/schema';

export function diagnostic(changes: Partial<DiagnosticInfo>): DiagnosticInfo {
  return {
    code: 'MLN201',
    name: 'undated-dataset-read',
    severity: 'warn',
    message: 'reads “data.csv”, which has no date',
    why: 'Nobody can say later which data it was.',
    cell: 3,
    cell_id: 'c3',
    line: 1,
    column: 1,
    ...changes
  };
}
