import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NotebookHeader } from '../../src/check/header';
import { CheckModel } from '../../src/check/model';
import { Problems } from '../../src/check/problems';
import { statusText } from '../../src/check/status';
import { Text } from '../../src/text';
import { FakeClient, report } from '../fake';
import { diagnostic } from './diagnostic';

const text = new Text(nullTranslator);

describe('Problems', () => {
  let client: FakeClient;
  let model: CheckModel;
  const goTo = vi.fn();
  const create = vi.fn();
  const draw = () => render(<Problems model={model} text={text} goTo={goTo} create={create} />);

  beforeEach(() => {
    client = new FakeClient();
    model = new CheckModel({ client });
    vi.clearAllMocks();
  });

  const checked = async (changes: Parameters<typeof report>[0]) => {
    client.checkAnswer = report(changes);
    model.show('n.ipynb');
    await model.refresh();
  };

  it('has a next step when no notebook is open', () => {
    draw();
    fireEvent.click(screen.getByRole('button', { name: 'New experiment…' }));
    expect(create).toHaveBeenCalledOnce();
  });

  it('says that there are no problems', async () => {
    await checked({});
    draw();
    expect(screen.getByRole('status').textContent).toBe('No problems. It is checked again at every save.');
  });

  it('says why a notebook was not checked', async () => {
    await checked({ skipped: 'it is the record of a run' });
    draw();
    expect(screen.getByRole('status').textContent).toBe('Not checked: it is the record of a run.');
  });

  it('tells severity, cell and message, and goes to the cell', async () => {
    await checked({ diagnostics: [diagnostic({ severity: 'error' })] });
    draw();
    const button = screen.getByRole('button');
    expect(button.textContent).toBe('Errorcell 4Reads “data.csv”, which has no date.');
    fireEvent.click(button);
    expect(goTo).toHaveBeenCalledWith({ cell: 3, cellId: 'c3' });
    expect(screen.getByText('Nobody can say later which data it was.')).toBeTruthy();
  });

  it('goes nowhere for a problem of the whole notebook', async () => {
    await checked({ diagnostics: [diagnostic({ cell: null, cell_id: null })] });
    draw();
    expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
  });

  it('says what went wrong, with a way on', async () => {
    client.checkAnswer = new Error('The Jupyter server does not answer.');
    model.show('n.ipynb');
    await model.refresh();
    draw();
    expect(screen.getByRole('alert').textContent).toContain('The Jupyter server does not answer.');
    client.checkAnswer = report();
    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(client.asked.length).toBe(2);
  });

  it('is counted in the status bar', async () => {
    expect(statusText(model, text)).toBe('');
    await checked({});
    expect(statusText(model, text)).toBe('experiment · no problems');
    await checked({ diagnostics: [diagnostic({})] });
    expect(statusText(model, text)).toBe('experiment · 1 problem');
    await checked({ diagnostics: [diagnostic({}), diagnostic({})] });
    expect(statusText(model, text)).toBe('experiment · 2 problems');
    await checked({ kind: null });
    expect(statusText(model, text)).toBe('');
  });

  it('stands under kind, number and title', async () => {
    const header = render(
      <NotebookHeader model={model} text={text} continueAs={() => {}} rename={() => {}} />
    );
    expect(header.container.textContent).toBe('No notebook is open');
    await checked({ number: 30, title: 'Logistic regression' });
    header.rerender(<NotebookHeader model={model} text={text} continueAs={() => {}} rename={() => {}} />);
    expect(header.container.textContent).toBe('Experiment 030Logistic regressionContinue as');
  });
});
