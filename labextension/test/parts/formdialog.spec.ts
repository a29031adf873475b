// The dialog around a form keeps the focus where somebody is typing.

import { Widget } from '@lumino/widgets';
import { Signal } from '@lumino/signaling';
import { afterEach, describe, expect, it } from 'vitest';
import { FormDialog } from '../../src/parts/formdialog';
import type { View } from '../../src/parts/view';

const opened: { dispose: () => void }[] = [];

function open(): { dialog: FormDialog; first: HTMLInputElement; second: HTMLInputElement } {
  const node = document.createElement('div');
  node.innerHTML = '<input name="first"><input name="second">';
  const body = new Widget({ node }) as unknown as View;
  const model = {} as { changed: Signal<object, void> };
  model.changed = new Signal<object, void>(model);
  const dialog = new FormDialog({
    title: 'A form',
    body,
    cancelLabel: 'Cancel',
    acceptLabel: 'Do it',
    acceptClass: 'do',
    focus: 'input[name=first]',
    model,
    canAccept: () => true,
    accept: async () => true
  });
  dialog.launch().catch(() => undefined); // disposed before it was answered
  opened.push(dialog);
  const [first, second] = [...node.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement];
  return { dialog, first, second };
}

describe('FormDialog', () => {
  afterEach(() => opened.splice(0).forEach(each => each.dispose()));

  it('gives the focus back to the field that had it when something behind it takes it', async () => {
    const outside = document.body.appendChild(document.createElement('button'));
    const { dialog, second } = open();
    await dialog.ready;
    second.focus();
    outside.focus();
    expect(document.activeElement).toBe(second);
    outside.remove();
  });
});
