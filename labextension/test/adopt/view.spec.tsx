import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen, within } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdoptModel } from '../../src/adopt/model';
import { Adopt } from '../../src/adopt/view';
import type { AdoptPlan } from '../../src/api/schema';
import { Text } from '../../src/text';
import { change, FakeClient, plan } from '../fake';
import { data, row } from './rows';

const text = new Text(nullTranslator);

describe('Adopt', () => {
  let client: FakeClient;
  let model: AdoptModel;
  const open = vi.fn();
  const documents = { save: async () => true, follow: async () => {} };
  const element = () => <Adopt model={model} text={text} open={open} />;
  const draw = async (changes: Partial<AdoptPlan>) => {
    client.planAnswer = plan(changes);
    await model.scan();
    const view = render(element());
    return () => view.rerender(element());
  };
  const rowOf = (path: string) =>
    document.querySelector<HTMLElement>(`.mlnb-Adopt-row[data-path="${path}"]`)!;

  beforeEach(() => {
    client = new FakeClient();
    model = new AdoptModel({ client, documents, isDirty: () => false, path: 'old', delay: 100_000 });
  });
  afterEach(() => {
    model.dispose();
    vi.clearAllMocks();
  });

  it('says what it does while it reads', () => {
    render(element());
    expect(screen.getByRole('status').textContent).toContain('Nothing is run, and nothing is changed.');
  });

  it('has a row for each notebook, edited in place', async () => {
    const again = await draw({ rows: [row('a.ipynb', { references: 2, confidence: 'medium' })] });
    const cells = within(rowOf('a.ipynb'));
    expect(rowOf('a.ipynb').textContent).toContain('Medium2 places→ 030_experiment_a.ipynb');
    fireEvent.change(cells.getByLabelText('Title of a.ipynb'), { target: { value: 'Lasso' } });
    fireEvent.change(cells.getByLabelText('Kind of a.ipynb'), { target: { value: 'cleaning' } });
    fireEvent.change(cells.getByLabelText('Number of a.ipynb'), { target: { value: '02x1' } });
    fireEvent.click(cells.getByLabelText('Adopt a.ipynb'));
    again();
    expect(model.rows[0]).toMatchObject({ title: 'Lasso', kind: 'cleaning', number: 21, apply: false });
  });

  it('tells its reasons when asked', async () => {
    const again = await draw({ rows: [row('a.ipynb')] });
    expect(screen.queryByText('It fits a model.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Reasons for a.ipynb' }));
    again();
    expect(screen.getByText('It fits a model.')).toBeTruthy();
  });

  it('asks for a kind where it knows none', async () => {
    await draw({ rows: [row('a.ipynb', { kind: null, apply: false, proposed: null, confidence: 'low' })] });
    expect(screen.getByLabelText<HTMLSelectElement>('Kind of a.ipynb').value).toBe('');
  });

  it('adopts a dataset only when its date is confirmed', async () => {
    const again = await draw({ datasets: [data('x.csv')] });
    const adopt = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Adopt 1 dataset|^Adopt 0/ });
    expect(adopt().disabled).toBe(true);
    fireEvent.change(screen.getByLabelText('Date of x.csv'), { target: { value: '2025-03-15' } });
    fireEvent.click(screen.getByLabelText('The date of x.csv is right: adopt it'));
    again();
    expect(model.datasets[0]).toMatchObject({ date: '2025-03-15', apply: true });
    expect(adopt().textContent).toBe('Adopt 1 dataset');
  });

  it('goes up and down within a column', async () => {
    await draw({ rows: [row('a.ipynb'), row('b.ipynb')] });
    const [first, second] = screen.getAllByLabelText<HTMLInputElement>(/^Title of/);
    first!.focus();
    fireEvent.keyDown(first!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(first);
  });

  it('shows problems with the row, and leaves it out', async () => {
    await draw({ rows: [row('a.ipynb', { problem: 'there is one already' }), row('b.ipynb')] });
    expect(rowOf('a.ipynb').textContent).toContain('There is one already.');
    expect(screen.getByText('1 chosen row has a problem and is left out.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Adopt 1 notebook' })).toBeTruthy();
  });

  it('shows what came of it, what was left alone, and undoes it', async () => {
    const again = await draw({ rows: [row('a.ipynb'), row('b.ipynb')] });
    client.adoptAnswer = {
      change: change({ what: 'adopt', files: 3 }),
      plan: plan({ rows: [row('a.ipynb'), row('b.ipynb')] }),
      refused: [{ path: 'b.ipynb', reason: 'it was changed since it was planned: plan again' }]
    };
    await model.apply();
    again();
    expect(screen.getByText('b.ipynb').parentElement?.textContent).toContain(
      'It was changed since it was planned'
    );
    fireEvent.click(screen.getByRole('button', { name: '030_experiment_a.ipynb' }));
    expect(open).toHaveBeenCalledWith('030_experiment_a.ipynb');
    await model.undo();
    again();
    expect(screen.getByText('Undone: 2 files are as before.')).toBeTruthy();
  });

  it('says that there is nothing to do', async () => {
    await draw({ skipped: [{ path: 'x.ipynb', reason: 'it is not valid JSON' }] });
    expect(screen.getByText(/There is nothing to adopt here/)).toBeTruthy();
    expect(screen.getByText('x.ipynb').parentElement?.textContent).toBe('x.ipynb It is not valid JSON.');
  });

  it('draws only the edited row again', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => row(`n${index}.ipynb`));
    const again = await draw({ rows });
    const before = rowOf('n1.ipynb').innerHTML;
    const draws = vi.spyOn(text.trans, '__');
    model.edit('n100.ipynb', { title: 'x' });
    again();
    const redrawn = draws.mock.calls.filter(([words]) => words === 'Title of %1').map(([, path]) => path);
    expect([redrawn, rowOf('n1.ipynb').innerHTML]).toEqual([['n100.ipynb'], before]);
  });
});
