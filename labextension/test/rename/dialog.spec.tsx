import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { alongText, RenameDialog, RenameForm } from '../../src/rename/dialog';
import { RenameModel } from '../../src/rename/model';
import { Text } from '../../src/text';
import { FakeClient, guess, report } from '../fake';

const text = new Text(nullTranslator);

describe('alongText', () => {
  const preview = (counts: number[], runs: number) => ({
    path: 'x.ipynb',
    problem: null,
    references: counts.map((count, index) => ({ path: `${index}.ipynb`, count })),
    runs
  });
  it.each([
    [[2, 1], 5, '3 links in 2 files and 5 runs go with it.'],
    [[1], 0, '1 link in 1 file goes with it.'],
    [[2], 0, '2 links in 1 file go with it.'],
    [[], 1, '1 run goes with it.'],
    [[], 0, 'Nothing else changes.']
  ])('says for links %j and %i runs: %s', (counts, runs, sentence) => {
    expect(alongText(preview(counts, runs), text)).toBe(sentence);
  });
});

describe('RenameForm', () => {
  it('shows kind, title, why, and the path to be', async () => {
    const client = new FakeClient();
    client.checkAnswer = report({ kind: null });
    const model = new RenameModel({ client, path: 'Untitled.ipynb' });
    await model.load();
    await new Promise(resolve => setTimeout(resolve, 0));
    const view = render(<RenameForm model={model} text={text} />);
    expect([
      screen.getByLabelText<HTMLInputElement>('What is it about?').value,
      screen.getByLabelText<HTMLInputElement>('Kind').value,
      view.container.querySelector('.mlnb-Form-hint')?.textContent,
      screen.getByRole('status').textContent
    ]).toEqual([
      'Rain',
      'Exploration',
      'It draws four plots.',
      'notebooks/031_experiment_y.ipynbNothing else changes.'
    ]);
  });

  it('asks for the kind where none could be guessed', async () => {
    const client = new FakeClient();
    client.checkAnswer = report({ kind: null });
    client.guessAnswer = guess({ kind: null });
    const model = new RenameModel({ client, path: 'Untitled.ipynb' });
    await model.load();
    render(<RenameForm model={model} text={text} />);
    expect(screen.getByRole('status').textContent).toBe('Choose of which kind it is.');
    fireEvent.click(screen.getByLabelText('Kind'));
    fireEvent.click(screen.getByText('Cleaning'));
    expect(model.kind).toBe('cleaning');
  });
});

describe('RenameDialog', () => {
  it('gives what followed, and stays open while it is refused', async () => {
    const client = new FakeClient();
    client.movedAnswer = new Error('It is read-only.');
    const model = new RenameModel({ client, path: 'n.ipynb' });
    await model.load();
    const dialog = new RenameDialog({ model, text, keeps: true });
    const closed = dialog.launch();
    await act(async () => dialog.ready);
    const keep = dialog.node.querySelector<HTMLButtonElement>('.mlnb-RenameDialog-rename')!;
    expect([keep.textContent, keep.disabled]).toEqual(['Keep', false]);
    await act(async () => keep.click());
    expect([dialog.isDisposed, dialog.moved]).toEqual([false, null]);
    client.movedAnswer = new FakeClient().movedAnswer;
    await act(async () => keep.click());
    await closed;
    expect(dialog.moved?.references).toBe(1);
  });
});
