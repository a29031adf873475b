// JupyterLab's own question for a name, at the first save of a new notebook, starts from a good proposal.

import { type Dialog } from '@jupyterlab/apputils';
import type { NameGuess } from '../api/schema';

/** As JupyterLab calls new notebooks, in every language. */
const UNTITLED = /^Untitled\d*\.ipynb$/;
const EXTENSION = '.ipynb';

/**
 * Put a proposal into the dialog if it asks for the name of a new notebook.
 *
 * The dialog is that of the command `docmanager:save`, an `InputDialog` with the file name in its only text box:
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.4/packages/docmanager-extension/src/index.tsx
 * Whatever looks different is left alone, and so is what somebody has begun to type.
 */
export async function fillNamePrompt(
  dialog: Dialog<unknown>,
  path: string | null,
  guess: (path: string) => Promise<NameGuess | null>
): Promise<void> {
  const boxes = dialog.node.querySelectorAll<HTMLInputElement>('.jp-Input-Dialog input[type=text]');
  const box = boxes[0];
  const name = path?.split('/').at(-1);
  if (boxes.length !== 1 || !box || path === null || box.value !== name || !UNTITLED.test(name)) {
    return;
  }
  const found = await guess(path);
  const proposed = found?.proposed?.split('/').at(-1);
  if (!proposed?.endsWith(EXTENSION) || dialog.isDisposed || box.value !== name) {
    return;
  }
  box.value = proposed;
  if (document.activeElement === box) {
    box.setSelectionRange(0, proposed.length - EXTENSION.length);
  }
}
