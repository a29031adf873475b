// What other journeys may ask the check: of which kind the open notebook is.

import { Token } from '@lumino/coreutils';
import type { CheckModel } from './model';

export type ICheckModel = CheckModel;

export const ICheckModel = new Token<ICheckModel>(
  'mlnb-lab:ICheckModel',
  'The findings in the open notebook, and its kind, number and title.'
);
