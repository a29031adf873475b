import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ParameterInfo, RunInfo } from '../../src/api/schema';
import { RunForm } from '../../src/run/form';
import { RunFormModel } from '../../src/run/formmodel';
import { Runs } from '../../src/run/runs';
import { RunsModel } from '../../src/run/runsmodel';
import { Text } from '../../src/text';
import { FakeClient, run } from '../fake';

const text = new Text(nullTranslator);

const PARAMETERS: ParameterInfo[] = [
  { name: 'DATA', type: 'dataset', default: 'w_2014', help: '', choices: ['w_2015', 'w_2014'] },
  { name: 'C', type: 'float', default: 1, help: 'inverse regularisation strength', choices: [] },
  { name: 'PLOT', type: 'bool', default: false, help: '', choices: [] },
  { name: 'GRID', type: 'json', default: [1], help: '', choices: [] }
];

describe('RunForm', () => {
  let client: FakeClient;
  let form: RunFormModel;
  let runs: RunsModel;
  const start = vi.fn();
  const element = (isDirty = false) => (
    <RunForm form={form} runs={runs} text={text} isDirty={isDirty} run={start} />
  );

  beforeEach(async () => {
    client = new FakeClient();
    client.formAnswer = { path: 'n.ipynb', parameters: PARAMETERS, problem: null };
    form = new RunFormModel({ client });
    runs = new RunsModel({ client });
    form.show('n.ipynb');
    await form.refresh();
    vi.clearAllMocks();
  });
  afterEach(() => runs.dispose());

  it('has a field of its own for each type', () => {
    render(element());
    const field = (name: string) => document.querySelector<HTMLInputElement>(`.mlnb-RunForm [name=${name}]`)!;
    expect(['DATA', 'C', 'PLOT', 'GRID'].map(name => [field(name).type, field(name).value])).toEqual([
      ['select-one', 'w_2014'],
      ['text', '1.0'],
      ['checkbox', 'on'],
      ['text', '[1]']
    ]);
    expect(screen.getByLabelText('C').getAttribute('aria-describedby')).toBe('mlnb-run-C-note');
  });

  it('marks what was changed, and takes it back', () => {
    const view = render(element());
    fireEvent.click(screen.getByLabelText('PLOT'));
    view.rerender(element());
    expect(form.arguments).toEqual({ PLOT: true });
    expect(document.querySelectorAll('[data-modified=true]').length).toBe(1);
    fireEvent.click(screen.getByRole('button', { name: 'PLOT is modified. Back to false' }));
    expect(form.arguments).toEqual({});
  });

  it('says what a field needs, and does not run then', () => {
    form.edit('C', 'x');
    form.edit('GRID', '[');
    render(element());
    expect(screen.getByText('A number is needed, such as 0.1.')).toBeTruthy();
    expect(screen.getByText('JSON is needed, such as [1, 2] or {"depth": 3}.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Run' }).disabled).toBe(true);
  });

  it('runs, and says when it saves first', () => {
    const view = render(element());
    fireEvent.click(screen.getByRole('button', { name: 'Run' }));
    expect(start).toHaveBeenCalledOnce();
    view.rerender(element(true));
    expect(screen.getByRole('button', { name: 'Save and run' })).toBeTruthy();
  });

  it('shows the problem in the place of the form', async () => {
    client.formAnswer = { path: 'n.ipynb', parameters: [], problem: 'The parameters cell cannot be read.' };
    await form.refresh();
    render(element());
    expect(screen.getByRole('status').textContent).toContain('The parameters cell cannot be read.');
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
  });

  it('says why a run was refused', async () => {
    client.startAnswer = new Error('The kernel “r” is not installed.');
    await runs.start('n.ipynb', {});
    render(element());
    expect(screen.getByRole('alert').textContent).toContain('The kernel “r” is not installed.');
  });
});

describe('Runs', () => {
  let client: FakeClient;
  let runs: RunsModel;
  const open = vi.fn();
  const reuse = vi.fn();

  const draw = async (list: RunInfo[] | Error) => {
    client = new FakeClient();
    client.runsAnswer = list instanceof Error ? list : { runs: list };
    runs = new RunsModel({ client });
    runs.show('n.ipynb');
    await runs.refresh();
    render(<Runs runs={runs} text={text} open={open} reuse={reuse} />);
  };
  afterEach(() => {
    runs.dispose();
    vi.clearAllMocks();
  });

  it('says what to do when there are none', async () => {
    await draw([]);
    expect(screen.getByRole('status').textContent).toBe(
      'Not run yet: choose parameters above and press Run.'
    );
  });

  it('shows how far a run is, and cancels it', async () => {
    await draw([run()]);
    expect(screen.getByText('Running')).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'cell 4 of 11' }).getAttribute('value')).toBe('3');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(client.asked.at(-1)).toBe('cancel 20261121-120000-aaaa n.ipynb');
  });

  it('shows how a run ended, with what, and opens it', async () => {
    const failed = run({
      state: 'failed',
      message: 'Cell 5: KeyError: “wind”',
      duration: 6.23,
      arguments: { C: 0.1 },
      metrics: { auc: 0.91342 }
    });
    await draw([failed]);
    const item = document.querySelector('.mlnb-RunItem[data-state=failed]')!;
    expect(item.textContent).toMatch(/^Failed.*6\.2 sCell 5: KeyError: “wind”\.C 0\.1auc 0\.9134$/);
    fireEvent.click(item.querySelector('.mlnb-RunItem-open')!);
    expect(open).toHaveBeenCalledWith(failed);
    fireEvent.click(item.querySelector('.mlnb-RunItem-reuse')!);
    expect(reuse).toHaveBeenCalledWith(failed);
  });

  it('says what went wrong, with a way on', async () => {
    await draw(new Error('The Jupyter server does not answer.'));
    expect(screen.getByRole('alert').textContent).toContain('The Jupyter server does not answer.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});
