import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { SplitDialog, SplitForm } from '../../src/split/dialog';
import { SplitModel } from '../../src/split/model';
import { Text } from '../../src/text';
import { FakeClient, splitJob } from '../fake';
import { offers } from './offers';

const text = new Text(nullTranslator);

describe('SplitForm', () => {
  let client: FakeClient;
  let model: SplitModel;

  beforeEach(() => {
    client = new FakeClient();
    client.splitOffersAnswer = offers();
    model = new SplitModel({ client, path: 'n.ipynb' });
  });

  it('lists the places, what crosses, and why some are refused', async () => {
    await model.load();
    const view = render(<SplitForm model={model} text={text} />);
    const rows = [...view.container.querySelectorAll('.mlnb-SplitOffer')];
    expect(rows.map(each => each.textContent)).toEqual([
      'Errors cell 8 · 4 code cells before, 6 aftermodel is a fitted model, which is not handed over.',
      'Modelling cell 5 · 4 code cells before, 6 after' +
        'train as a dataset: rain-train_2015-12-31_x.parquetSEED as a value: 42'
    ]);
    expect(screen.getAllByRole<HTMLInputElement>('radio').map(each => [each.disabled, each.checked])).toEqual(
      [
        [true, false],
        [false, true]
      ]
    );
  });

  it('takes another title and kind for the second half', async () => {
    await model.load();
    render(<SplitForm model={model} text={text} />);
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'Fog' } });
    fireEvent.click(screen.getByLabelText('Kind'));
    fireEvent.click(screen.getByText('Deployment'));
    expect([model.title, model.kind]).toEqual(['Fog', 'deployment']);
  });

  it('says why there is nowhere to split', async () => {
    client.splitOffersAnswer = offers({ offers: [], problem: 'it has no headings' });
    await model.load();
    render(<SplitForm model={model} text={text} />);
    expect(screen.getByRole('status').textContent).toBe('It has no headings.');
  });

  it('shows how far it is', async () => {
    await model.load();
    void model.split();
    await new Promise(resolve => setTimeout(resolve, 0));
    render(<SplitForm model={model} text={text} />);
    expect([screen.getByRole('progressbar'), screen.getByRole('status').textContent]).toEqual([
      expect.anything(),
      'Running the first half.'
    ]);
    model.dispose();
  });
});

describe('SplitDialog', () => {
  it('loses no key while it loads, and has the first place in focus after that', async () => {
    const client = new FakeClient();
    client.splitOffersAnswer = offers();
    const model = new SplitModel({ client, path: 'n.ipynb' });
    const dialog = new SplitDialog({ model, text });
    const closed = dialog.launch();
    await act(async () => dialog.ready);
    await act(async () => new Promise(resolve => setTimeout(resolve, 0)));
    expect((document.activeElement as HTMLButtonElement).textContent).toBe('Cancel');
    await act(async () => model.load());
    await act(async () => new Promise(resolve => setTimeout(resolve, 10)));
    expect((document.activeElement as HTMLInputElement).type).toBe('radio');
    dialog.reject();
    await closed;
  });

  it('cancels the split at first, and the dialog after that', async () => {
    const client = new FakeClient();
    client.splitOffersAnswer = offers();
    const model = new SplitModel({ client, path: 'n.ipynb' });
    await model.load();
    const dialog = new SplitDialog({ model, text });
    const closed = dialog.launch();
    await act(async () => dialog.ready);
    await act(async () => dialog.node.querySelector<HTMLButtonElement>('.mlnb-SplitDialog-split')!.click());
    client.splitAnswer = splitJob({ state: 'cancelled' });
    await act(async () => dialog.node.querySelector<HTMLButtonElement>('.mlnb-FormDialog-cancel')!.click());
    expect([dialog.isDisposed, model.state, client.asked.at(-1)]).toEqual([
      false,
      'ready',
      'cancel split s1'
    ]);
    dialog.reject();
    await closed;
    expect(dialog.path).toBeNull();
  });
});
