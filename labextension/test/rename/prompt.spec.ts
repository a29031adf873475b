import { Dialog, InputDialog } from '@jupyterlab/apputils';
import { afterEach, describe, expect, it } from 'vitest';
import { fillNamePrompt } from '../../src/rename/prompt';
import { guess, Later } from '../fake';
import type { NameGuess } from '../../src/api/schema';

/** The dialog of `docmanager:save`, made as JupyterLab makes it. */
async function opened(name: string): Promise<{ dialog: Dialog<unknown>; box: HTMLInputElement }> {
  const added = new Promise<Dialog<unknown>>(resolve =>
    Dialog.tracker.widgetAdded.connect((_tracker, each) => resolve(each))
  );
  void InputDialog.getText({
    title: 'Rename file',
    text: name,
    selectionRange: name.length - '.ipynb'.length,
    checkbox: { label: 'Do not ask again.', caption: '' }
  });
  const dialog = await added;
  await dialog.ready;
  return { dialog, box: dialog.node.querySelector<HTMLInputElement>('.jp-Input-Dialog input')! };
}

describe('fillNamePrompt', () => {
  let dialog: Dialog<unknown>;
  afterEach(() => dialog.reject());

  const fill = async (name: string, path: string | null, answer: NameGuess | null = guess()) => {
    let box: HTMLInputElement;
    ({ dialog, box } = await opened(name));
    await fillNamePrompt(dialog, path, async () => answer);
    return box;
  };

  it('proposes a name, and selects it but for its extension', async () => {
    const box = await fill('Untitled1.ipynb', 'a/Untitled1.ipynb');
    expect([box.value, box.value.slice(box.selectionStart!, box.selectionEnd!)]).toEqual([
      '010_exploration_rain.ipynb',
      '010_exploration_rain'
    ]);
  });

  it.each([
    ['n.ipynb', 'n.ipynb', guess()],
    ['Untitled.ipynb', 'Untitled1.ipynb', guess()],
    ['Untitled.ipynb', null, guess()],
    ['Untitled.ipynb', 'Untitled.ipynb', null],
    ['Untitled.ipynb', 'Untitled.ipynb', guess({ proposed: null })],
    ['untitled.txt', 'untitled.txt', guess()]
  ])('leaves “%s” alone, with “%s” in front', async (name, path, answer) => {
    expect((await fill(name, path, answer)).value).toBe(name);
  });

  it('leaves alone what somebody has begun to type', async () => {
    const slow = new Later<NameGuess>();
    let box: HTMLInputElement;
    ({ dialog, box } = await opened('Untitled.ipynb'));
    const filled = fillNamePrompt(dialog, 'Untitled.ipynb', () => slow.promise);
    box.value = 'mine.ipynb';
    slow.resolve(guess());
    await filled;
    expect(box.value).toBe('mine.ipynb');
  });
});
