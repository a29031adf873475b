// What the commands about one notebook take: a path, or where to look for it.

import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ICurrentNotebook } from './tokens';

export const NOTEBOOK_ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'The notebook; the one in front if there is none' },
    fromBrowser: { type: 'boolean', description: 'Whether it is the one selected in the file browser' }
  }
} as const;

/** The contents path of the notebook that a command is about, or null where there is none. */
export function notebookOf(
  args: ReadonlyPartialJSONObject,
  current: ICurrentNotebook,
  browser: IDefaultFileBrowser | null
): string | null {
  if (typeof args['path'] === 'string') {
    return args['path'];
  }
  if (!args['fromBrowser']) {
    return current.path;
  }
  const selected = [...(browser?.selectedItems() ?? [])];
  return selected.length === 1 && selected[0]!.type === 'notebook' ? selected[0]!.path : null;
}
