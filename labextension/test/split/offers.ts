// Offers to split a notebook.

import type { SplitOffer, SplitOffers } from '../../src/api/schema';

export function offer(changes: Partial<SplitOffer> = {}): SplitOffer {
  return {
    cell: 4,
    cell_id: 'c4',
    heading: 'Modelling',
    kind: 'experiment',
    title: 'Rain tomorrow',
    path: 'notebooks/031_experiment_rain-tomorrow.ipynb',
    crossing: [
      { name: 'train', how: 'dataset', detail: 'rain-train_2015-12-31_x.parquet' },
      { name: 'SEED', how: 'value', detail: '42' }
    ],
    cells_before: 4,
    cells_after: 6,
    ...changes
  };
}

export const refused = offer({
  cell: 7,
  heading: 'Errors',
  crossing: [{ name: 'model', how: 'refused', detail: '`model` is a fitted model, which is not handed over' }]
});

export function offers(changes: Partial<SplitOffers> = {}): SplitOffers {
  return {
    path: 'n.ipynb',
    is_long: true,
    why: '',
    problem: null,
    sha256: 'ab12',
    offers: [refused, offer()],
    ...changes
  };
}
