// Telling of changes that can be undone, for every journey that makes some.

import { Token } from '@lumino/coreutils';
import type { ChangeInfo } from '../api/schema';

export interface IChanges {
  /** Say what was done, with a button that undoes it where there is a change; `path` is in its project. */
  tell(message: string, change: ChangeInfo | null, path: string): void;
  /** Undo a change of the project that `path` lies in: the newest where `id` is null. */
  undo(path: string, id: string | null): Promise<void>;
}

export const IChanges = new Token<IChanges>(
  'mlnb-lab:IChanges',
  'Says what was changed in several files at once, and undoes it.'
);
